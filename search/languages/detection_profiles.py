"""Data for `detection`: letters, common words and endings of each language.

`own` are letters that few other languages of the script have, `alphabet` is every
letter that the language uses, `words` are its commonest words and `endings` its
commonest endings. Kazakh in Latin letters is recognised by the keys of
`kazakh.folding`, so that all its alphabets share one profile.
"""

import re
from typing import NamedTuple


class Profile(NamedTuple):
    """The profile of one language in one script."""

    code: str
    alphabet: frozenset[str]
    own: frozenset[str]
    words: frozenset[str]
    endings: re.Pattern[str]


def _profile(code: str, alphabet: str, own: str, words: str, endings: str) -> Profile:
    return Profile(
        code,
        frozenset(alphabet),
        frozenset(own),
        frozenset(words.split()),
        re.compile(f".{{2}}(?:{endings.replace(' ', '|')})"),
    )


_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"

CYRILLIC = (
    _profile(
        "ru",
        _RUSSIAN,
        "ыэщъёцьюя",
        "и в на с по не что как это из для к от о он она они мы вы я его её у за при "
        "был была было были до также но а так же который которая года году год или "
        "все этого чтобы будет если уже только об под между со во более казахстана",
        "ого его ому ему ой ый ий ая яя ие ые ов ев ами ями ах ях ость ости ение ения "
        "ться тся ать ять ить еть ский ского ская ские ком ть ла ло ли ет ют "
        "ит ат ят ся",
    ),
    _profile(
        "kk",
        _RUSSIAN + "әғқңөұүһі",
        "әғқңөұүһі",
        "және мен бен пен бұл бір деп үшін туралы болып болды бойынша осы сол ол да де "
        "жаңа жыл жылы қазақстан олар біз сондай ақ екі дейін кейін бар жоқ қала тенге "
        "теңге ел еді емес енді қазір бірақ басқа барлық арқылы өз тағы үлкен",
        "лар лер дар дер тар тер ның нің дың дің тың тің ды ді ты ті ған ген қан кен "
        "да де та те дан ден тан тен нан нен ға ге қа ке мен бен пен сы сі ында інде "
        "лық лік дық дік тық тік ады еді йды йді атын етін уда уде",
    ),
    _profile(
        "ky",
        _RUSSIAN + "ңөү",
        "ңөү",
        "жана менен бул бир үчүн тууралуу болуп болду боюнча ошол да дагы жаңы жыл "
        "кыргызстан алар биз эки чейин кийин бар жок эле эмес эми азыр бирок башка "
        "бардык аркылуу өз чоң деп эл кыргыз",
        "лар лер дор дөр тар тер нын нин нун нүн дын дин дун дүн тын тин ган ген гон "
        "гөн да де до дө дан ден дон дөн га ге го гө уу үү оо өө сы си луу лүү",
    ),
    _profile(
        "uz",
        "абвгдежзийклмнопрстуфхцчшъьэюяёўқғҳ",
        "ўҳқғ",
        "ва билан учун бу бир ҳам эди бўлган бўлиб бўйича деб ўз янги йил ўзбекистон "
        "улар биз икки кейин бор йўқ эмас лекин бошқа барча орқали керак",
        "лар нинг дан га да ни ган моқ лик лиги лари иш ди",
    ),
    _profile(
        "uk",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "ґєїі",
        "і в на з що як це та до не у за від про для він вона вони був була було також "
        "але який рік року або україни",
        "ого ому ий ій ння ться ти ла ло ли ів ами ах ськ",
    ),
    _profile(
        "tt",
        _RUSSIAN + "әҗңөүһ",
        "әҗңөүһ",
        "һәм белән бу бер өчен турында булып булды буенча шул да дә яңа ел "
        "алар без ике "
        "соң бар юк түгел хәзер ләкин башка барлык аша үз татарстан",
        "лар ләр нар нәр ның нең ган гән дан дән да дә га гә лык лек",
    ),
    _profile(
        "mn",
        _RUSSIAN + "өү",
        "өү",
        "ба нь байна юм энэ тэр монгол улсын бол гэж байсан болон хүн дээр оны улс",
        "ийн ын ууд үүд сан сэн сон сөн аас ээс аар ээр",
    ),
    _profile(
        "tg",
        "абвгдеёжзийклмнопрстуфхчшъэюяғӣқӯҳҷ",
        "ғӣқӯҳҷ",
        "ва дар аз ба ки бо ин барои аст тоҷикистон он ҳам буд шуд соли",
        "ҳо ҳои он ӣ ро",
    ),
    _profile(
        "ba",
        _RUSSIAN + "әғҙҡңөҫүһ",
        "ҙҡҫәһ",
        "һәм менән был бер өсөн тураһында булып булды буйынса шул яңы йыл башҡортостан",
        "лар ләр ҙар ҙәр ҙың ҙең ҡан ғас",
    ),
    _profile(
        "other",
        "абвгдежзийклмнопрстуфхцчшщъыьюяђѓѕјљњћќџўі",
        "ђѓѕјљњћќџў",
        "се од на да је су за који није што й ад ў са и от ще са това който",
        "ите ата ото ње",
    ),
)

LATIN = (
    _profile(
        "en",
        _ENGLISH + "'",
        "",
        "the of and to in a is that for it was on with as by at from this be are have "
        "has not were or an which will their they but more about been its would new "
        "said can who also after than one all his her had there",
        "ing tion tions ed ly ness ment ments ity ies ers er ous ive ance ence "
        "ight ould",
    ),
    _profile(
        "uz",
        _ENGLISH + "'",
        "",
        "va bilan uchun bu bir ham edi bo'lgan bo'lib bo'yicha deb o'z yangi "
        "yil o'zbek "
        "o'zbekiston ular biz ikki keyin bor yo'q emas lekin boshqa barcha "
        "orqali kerak "
        "qilish shu haqida to'g'risida davlat kun yili",
        "lar ning dan ga lari gan moq lik ligi lash ish adi ildi",
    ),
    _profile(
        "tr",
        "abcçdefgğhıijklmnoöprsştuüvyzâîû'",
        "çğışöü",
        "ve bir bu için ile da de olarak olan çok daha gibi kadar sonra en ama ne var "
        "yok değil ise türkiye yıl yeni olduğu büyük her ancak göre tarafından",
        "lar ler ların lerin nın nin nun nün dan den tan ten yor dır dir tır "
        "tir mak mek "
        "lık lik sı si ında inde acak ecek mış miş arak erek dığı diği",
    ),
    _profile(
        "az",
        "abcçdeəfgğhxıijkqlmnoöprsştuüvyz'",
        "əçğışöü",
        "və bir bu üçün ilə də da olan çox daha kimi sonra ən amma nə var yox "
        "deyil isə "
        "azərbaycan il yeni böyük hər görə tərəfindən",
        "lar lər nın nin dan dən dır dir maq mək lıq lik",
    ),
    _profile(
        "de",
        _ENGLISH + "äöüß",
        "äöüß",
        "der die das und in den von zu mit ist im für auf nicht ein eine des dem sich "
        "auch es an als nach wie bei aus er sie werden wurde wird hat sind war",
        "ung ungen keit heit isch lich en er ischen schaft",
    ),
    _profile(
        "fr",
        _ENGLISH + "àâçéèêëîïôùûüÿœæ'",
        "àâçéèêëîïôùûœ",
        "le la les de des du et en un une est que dans pour qui par sur pas plus au ne "
        "ce il avec sont son se aux ou mais été cette",
        "tion ment eur euse aux ique ette eaux ées és",
    ),
    _profile(
        "es",
        _ENGLISH + "áéíñóúü¿¡",
        "áéíñóú",
        "el la los las de y en que un una es por con para del se no al su lo como más "
        "pero sus fue este ha son entre",
        "ción ciones ado ada idad mente ando iendo",
    ),
    _profile(
        "it",
        _ENGLISH + "àèéìòù'",
        "àèìòù",
        "il la le di e che in un una per del della è con non si da dei al sono gli nel "
        "alla più anche come dal",
        "zione zioni mente ità ato ata",
    ),
    _profile(
        "other",
        _ENGLISH + "áàâãäåāăąæćčçďđéèêëēėęěğíìîïīįķłļńñņňóòôõöøőœŕřśšşțťúùûüūůűųýžźż'",
        "ãåāăąæćčďđēėęěīįķłļńņňõøőŕřśšșťțůűųžźż",
        "w z na i się nie do je se že v na za og er det på att som och ja on ei az és "
        "een het van dat de em os uma não ao si nu este care",
        "ów ych ego ości ungen ção ções heid ään",
    ),
)

_KAZAKH_KEYS = (
    "jane men ben pen bul bir dep ushin turali bolip boldi boinsha osi sol ol jana jil "
    "jili kazakstan olar biz sondai ak eki dein kein bar jok kala tene el "
    "edi emes endi "
    "kazir birak baska barlik arkili oz tagi ulken kazak"
)
KAZAKH_KEYS = frozenset(_KAZAKH_KEYS.split())
KAZAKH_KEY_ENDINGS = re.compile(
    ".{2}(?:[ldt][ae]r|[ndt]in|[dt]i|[gk][ae]n|[dt]an|[dt]en|[gk][ae]|m?en|inda|inde"
    "|[ldt]ik|adi|edi|atin|etin|ndagi|ndegi|[dt][ae]|[mbp]en|si|ip|ep|ap|udi|ushi)"
)
KAZAKH_LATIN_OWN = frozenset("qäáñńŋğǵūúşýïıƣꞑɵь")
"""Letters of a Latin alphabet of Kazakh that English does not have, and q."""

ARABIC = (
    _profile(
        "kk",
        "ابپتجچحدرزسشعفقكگلمنڭوۇۋۆھەيىءٴ",
        "ۇۋۆڭەىٴ",
        "جانە مەن بەن پەن بۇل ٴبىر دەپ ٴۇشىن تۋرالى بولىپ بولدى بويىنشا وسى "
        "سول ول دا دە "
        "جاڭا جىل جىلى قازاقستان ولار ٴبىز ەكى دەيىن كەيىن بار جوق قازاق قالا",
        "لار لەر دار دەر تار تەر نىڭ دىڭ تىڭ دى تى عان گەن دا دە دان دەن عا گە",
    ),
    _profile(
        "ug",
        "ابپتجچخدرزژسشغفقكگلمنڭوۇۆۈۋھەئېيى",
        "ېۈئژڭخغ",
        "ۋە بىلەن بۇ بىر ئۈچۈن دەپ بولۇپ شۇ ئۇ ئۇيغۇر كېيىن بار يوق ھەم",
        "لار لەر نىڭ غان گەن دا دە دىن غا گە",
    ),
    _profile(
        "ar",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ",
        "ثذصضطظةأإ",
        "في من على إلى أن عن التي الذي هذا هذه كان مع ما لا قد بعد بين كما ذلك وقال",
        "ات ون ين ية ها هم",
    ),
    _profile(
        "fa",
        "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأئؤء",
        "یکژ",
        "و در به از که این را با است آن برای یک تا می شد بود خود هم کرد",
        "های ان ها ند است",
    ),
    _profile(
        "other",
        "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےێۆڵڕ",
        "ٹڈڑںہےێڵڕ",
        "اور کے میں کی ہے کا سے کو نے پر لە بۆ کە ئەو",
        "وں یں",
    ),
)

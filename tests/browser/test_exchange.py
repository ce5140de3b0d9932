"""A translation is exported as a file, edited in another tool and imported."""

import polib
import pytest
from lxml import etree
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.steps import Story

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

TEXT = "Лёд сошёл раньше обычного."


def in_xliff(data: bytes, source: str) -> bytes:
    root = etree.fromstring(data)
    (found,) = [node for node in root.iter("{*}source") if node.text == source]
    found.getnext().text = TEXT
    return etree.tostring(root)


def in_po(data: bytes, source: str) -> bytes:
    catalogue = polib.pofile(data.decode())
    (entry,) = [entry for entry in catalogue if entry.msgid == source]
    entry.msgstr = TEXT
    return str(catalogue).encode()


@pytest.mark.parametrize(
    ("label", "suffix", "edit", "title"),
    [
        ("XLIFF 1.2", ".xlf", in_xliff, "Балқаш мұздан ерте арылды"),
        ("PO", ".po", in_po, "Зайсан мұздан ерте арылды"),
    ],
    ids=["xliff", "po"],
)
def test_one_target_is_changed_by_an_imported_file(
    log_in, label, suffix, edit, title, tmp_path
):
    lead, heading = "Мұз әдеттегіден ерте еріді.", "Кеме жүзе бастады"
    texts = {title: "Озеро вскрылось", lead: "Лёд сошёл.", heading: "Пошли суда"}
    journalist, translator = log_in("journalist"), log_in("translator-ru")
    steps.write(journalist, Story(title, lead, heading, {"ru": texts}))
    steps.submit(journalist, title, "Russian")
    address = steps.open_segments(translator, title, "Russian")
    steps.translate(translator, texts)

    with translator.expect_download() as started:
        translator.get_by_role("link", name=label, exact=True).click()
    name = started.value.suggested_filename
    assert name.endswith(f"-ru{suffix}")
    file = tmp_path / name
    file.write_bytes(edit(started.value.path().read_bytes(), lead))

    translator.get_by_role("link", name="Import…").click()
    translator.set_input_files("input[type=file]", file)
    translator.get_by_role("button", name="See what they change").click()
    looked = translator.get_by_role("region", name=name)
    expect(looked).to_contain_text("to change: 1, the same: 2, empty: 0")
    expect(looked).to_contain_text(lead)
    expect(looked.locator("ins")).to_contain_text("раньше обычного")
    translator.get_by_role("button", name="Accept these changes").click()
    steps.said(translator, "1 segment has been changed.")

    translator.goto(address)
    for source, text in {**texts, lead: TEXT}.items():
        expect(steps.translation_field(translator, source)).to_have_value(text)

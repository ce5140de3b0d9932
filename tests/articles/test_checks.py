from newsroom.articles import checks


def test_nothing_in_the_tree_bypasses_escaping():
    assert checks.check_nothing_bypasses_escaping() == []


def test_a_template_that_does_is_named(settings, tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("<p>\n{{ body|safe }}</p>")
    settings.BASE_DIR = tmp_path
    (error,) = checks.check_nothing_bypasses_escaping()
    assert error.id == "articles.E001"
    assert error.msg.startswith("templates/page.html:2 ")

"""The newsroom's image operation, for filters such as ``width-800|plain``."""

from wagtail import hooks

from newsroom.pictures.operations import PlainOperation


@hooks.register("register_image_operations")
def register_operations() -> list[tuple[str, type[PlainOperation]]]:
    return [("plain", PlainOperation)]

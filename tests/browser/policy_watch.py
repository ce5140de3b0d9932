"""Watch for requests and code that the content security policy refuses on a page."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

RECORD = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ` +
    `${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""
# Adds a script and an image with a handler, as injected HTML would; *source* is the
# image's URL.
INJECT = """
(source) => {
  const script = document.createElement("script");
  script.textContent = "window.injected = true";
  document.body.append(script);
  const image = document.createElement("img");
  image.setAttribute("onerror", "window.injected = true");
  image.src = source;
  document.body.append(image);
}
"""


class Watch:
    """Requests that a page was refused, its errors, and the hosts that it requested."""

    def __init__(self, page: Page):
        self.page = page
        self.said: list[str] = []
        self.hosts: set[str] = set()
        page.add_init_script(RECORD)
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self._note(message.text))
        page.on("request", lambda request: self.hosts.add(_host(request.url)))

    def _note(self, text: str) -> None:
        if "Content Security Policy" in text or "Permissions-Policy" in text:
            self.said.append(text)

    def refused(self) -> list[str]:
        """Return what was refused on this page and in its frames, and forget it."""
        found = [*self.said]
        for frame in self.page.frames:
            found += frame.evaluate("window.violations ?? []")
        self.said.clear()
        return found


def _host(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc if parts.scheme.startswith(("http", "ws")) else ""

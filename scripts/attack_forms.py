"""Writes the requests of every form and query that the routes' samples lead to.

    dom routes --json | attack_forms.py URL COOKIE FOLDER

Each file of the folder is one HTTP request, as sqlmap reads it with -r. Forms that end
the session are left out.
"""

import html.parser
import json
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request

LEAVING = ("/sign-out", "/account/sessions", "/language", "/account/change", "/account/factor")


class Forms(html.parser.HTMLParser):
    """The forms of a page: method, action, and what their fields hold."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.form = None

    def handle_starttag(self, tag, attributes):
        attributes = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.form = (attributes.get("method", "get"), attributes.get("action", ""), [])
            self.found.append(self.form)
        elif self.form and tag in ("input", "select", "textarea", "button") and attributes.get("name"):
            self.form[2].append((attributes["name"], attributes.get("value") or "1"))

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None


def main(url, cookie, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    samples = []
    for route in json.load(sys.stdin):
        if route["method"] == "GET":
            samples += route["samples"] or [route["path"]] * ("{" not in route["path"])
    host = urllib.parse.urlsplit(url).netloc
    seen = set()
    for sample in samples:
        request = urllib.request.Request(url + sample, headers={"Cookie": cookie})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                if "text/html" not in answer.headers.get("content-type", ""):
                    continue
                page = Forms()
                page.feed(answer.read().decode())
        except urllib.error.HTTPError:
            continue
        forms = page.found
        if "?" in sample:
            path, _, query = sample.partition("?")
            forms = [*forms, ("get", path, urllib.parse.parse_qsl(query))]
        for method, action, fields in forms:
            names = tuple(sorted({name for name, _ in fields}))
            if not fields or action.startswith(LEAVING) or (method, action, names) in seen:
                continue
            seen.add((method, action, names))
            data = urllib.parse.urlencode(fields)
            head = f"Host: {host}\r\nCookie: {cookie}\r\n"
            if method.lower() == "post":
                kind = "Content-Type: application/x-www-form-urlencoded\r\n"
                text = f"POST {action} HTTP/1.1\r\n{head}{kind}\r\n{data}"
            else:
                text = f"GET {action}?{data} HTTP/1.1\r\n{head}\r\n"
            (folder / f"{len(seen):03}").write_text(text)
    print(f"{len(seen)} requests of {len(samples)} pages")


main(*sys.argv[1:])

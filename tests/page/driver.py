"""A small WebDriver client over chromedriver: enough to open a page, look at it, press keys, print it and read its logs."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import requests

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage")


class Browser:
    """One session; `scripts` false opens pages as someone who lets none run."""

    def __init__(self, *, dark: bool = False, scripts: bool = True, phone: bool = False) -> None:
        self.process = subprocess.Popen([str(CHROMEDRIVER), "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.root = f"http://127.0.0.1:{self._port()}"
        arguments = [*ARGUMENTS, "--window-size=1280,900", *(["--force-dark-mode"] if dark else [])]
        prefs = {} if scripts else {"profile.managed_default_content_settings.javascript": 2}
        metrics = {"deviceMetrics": {"width": 390, "height": 840, "pixelRatio": 2, "touch": True}}
        options = {"args": arguments, "binary": CHROMIUM, "prefs": prefs, **({"mobileEmulation": metrics} if phone else {})}
        logs = {"browser": "ALL", "performance": "ALL"}
        asked = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": logs}
        found = requests.post(f"{self.root}/session", json={"capabilities": {"alwaysMatch": asked}}, timeout=60).json()["value"]
        if "sessionId" not in found:
            self._stop()
            raise RuntimeError(found["message"])
        self.session = f"{self.root}/session/{found['sessionId']}"

    def _port(self) -> int:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "successfully on port" in line:
                return int(line.rstrip().rstrip(".").rsplit(" ", 1)[1])
        raise RuntimeError("chromedriver did not start")

    def close(self) -> None:
        requests.delete(self.session, timeout=30)
        self._stop()

    def _stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def ask(self, path: str, **body: Any) -> Any:
        answer = requests.post(f"{self.session}/{path}", json=body, timeout=120).json()["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise RuntimeError(f"{answer['error']}: {answer['message'][:400]}")
        return answer

    def open(self, page: Path) -> None:
        self.ask("se/log", type="performance")
        self.ask("se/log", type="browser")
        self.ask("url", url="about:blank")
        self.ask("url", url=page.as_uri())

    def run(self, script: str, *arguments: Any) -> Any:
        return self.ask("execute/sync", script=script, args=list(arguments))

    def wait(self, script: str, seconds: float = 5) -> None:
        last = time.monotonic() + seconds
        while not self.run(script):
            assert time.monotonic() < last, f"never true: {script}"
            time.sleep(0.05)

    def later(self, script: str, *arguments: Any) -> Any:
        return self.ask("execute/async", script=script, args=list(arguments))

    def element(self, css: str) -> str:
        found: dict[str, str] = self.ask("element", using="css selector", value=css)
        return found[ELEMENT]

    def type(self, css: str, text: str) -> None:
        self.ask(f"element/{self.element(css)}/value", text=text)

    def click(self, css: str) -> None:
        self.ask(f"element/{self.element(css)}/click")

    def press(self, key: str) -> None:
        strokes = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.ask("actions", actions=[{"type": "key", "id": "keyboard", "actions": strokes}])

    def printed(self) -> bytes:
        """The page as its print preview would give it, on A4."""
        return base64.b64decode(self.ask("print", page={"width": 21.0, "height": 29.7}, background=True))

    def complaints(self) -> list[str]:
        """What the console holds."""
        return [entry["message"] for entry in self.ask("se/log", type="browser")]

    def requests(self) -> set[str]:
        """Every address that the page asked for and that its policy let through."""
        events = [json.loads(entry["message"])["message"] for entry in self.ask("se/log", type="performance")]
        stopped = {event["params"]["requestId"] for event in events if event["params"].get("blockedReason") == "csp"}
        sent = (event["params"] for event in events if event["method"] == "Network.requestWillBeSent")
        return {each["request"]["url"] for each in sent if each["requestId"] not in stopped}

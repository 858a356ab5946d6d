"""Drives a headless Chromium from the command line, for stories about the page.

    browser.py URL [--width N] [--height N] [--dark] STEP...

Steps, in order:
    until:JS       evaluates until it is true; fails after a minute with what the page shows then
    do:JS          evaluates, awaiting a promise
    print:JS       evaluates, and prints the value: text as it stands, everything else as JSON
    type:TEXT      types into what has the focus
    key:NAME       presses Tab, Enter or Escape
    shot:FILE      a picture of the whole page
    tree           prints what a screen reader is told: a role and a name a line

Chromium talks over two pipes (--remote-debugging-pipe), so no port is open and nothing needs installing beside it.
The page's own errors, and what its policy has refused, end the story.
"""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# Far beyond what a busy machine needs.
DEADLINE = 60
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27}


class Browser:
    def __init__(self, program):
        self.profile = tempfile.mkdtemp(prefix="orch-browser.")
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()

        def wire():
            # Chromium reads from 3 and writes to 4; a number that is one of those already must not be closed first.
            os.dup2(os.dup(to_browser), 3)
            os.dup2(os.dup(from_browser), 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--force-color-profile=srgb", "--hide-scrollbars", f"--user-data-dir={self.profile}",
             "--remote-debugging-pipe", "about:blank"],
            pass_fds=(3, 4), preexec_fn=wire, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.number = 0
        self.complaints = []
        self.session = None

    def open(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + 3 * DEADLINE
        while True:
            answer = self.receive(deadline)
            if answer.get("id") != self.number:
                self.note(answer)
            elif "error" in answer:
                sys.exit(f"browser: {method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def receive(self, deadline):
        while b"\0" not in self.buffer:
            if not select.select([self.input], [], [], max(0, deadline - time.monotonic()))[0]:
                sys.exit("browser: Chromium does not answer")
            chunk = os.read(self.input, 1 << 16)
            if not chunk:
                sys.exit("browser: Chromium has gone")
            self.buffer += chunk
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def note(self, event):
        parameters = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description") or details["text"])
        elif event.get("method") == "Log.entryAdded" and parameters["entry"]["source"] in ("security", "javascript"):
            self.complaints.append(parameters["entry"]["text"])
        elif event.get("method") == "Page.javascriptDialogOpening":
            self.complaints.append(f"a dialog opened: {parameters['message']}")
            self.call("Page.handleJavaScriptDialog", accept=False)

    def evaluate(self, script):
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            sys.exit(f"browser: {details.get('exception', {}).get('description', details['text'])}\n in: {script}")
        return answer["result"].get("value")

    def until(self, script):
        deadline = time.monotonic() + DEADLINE
        # Between two looks the page has its turn.
        while not self.evaluate(f"Promise.resolve({script}).then(Boolean)"):
            self.evaluate("new Promise((go) => setTimeout(go, 30))")
            if time.monotonic() > deadline:
                sys.exit(f"browser: never true: {script}\nThe page shows:\n{self.evaluate('document.body?.innerText')}")

    def type(self, text):
        self.call("Input.insertText", text=text)

    def press(self, name):
        for kind in ("keyDown", "keyUp"):
            text = {"text": "\r"} if name == "Enter" and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=KEYS[name], **text)

    def shot(self, file):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"]
        with open(file, "wb") as picture:
            picture.write(base64.b64decode(data))

    def tree(self):
        for node in self.call("Accessibility.getFullAXTree")["nodes"]:
            name = node.get("name", {}).get("value", "").strip()
            role = node.get("role", {}).get("value", "")
            if not node.get("ignored") and role not in ("StaticText", "InlineTextBox", "generic", "none"):
                print(f"{role}: {name}".strip())

    def close(self):
        # Its helpers too, which else write on in what is being removed.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


def main(arguments):
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        sys.exit("browser: there is no Chromium")
    url, *steps = arguments
    browser = Browser(program)
    try:
        browser.open()
        width, height = 1100, 800
        while steps and steps[0].startswith("--"):
            option = steps.pop(0)
            if option == "--dark":
                browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
            elif option == "--width":
                width = int(steps.pop(0))
            elif option == "--height":
                height = int(steps.pop(0))
            else:
                sys.exit(f"browser: no option {option}")
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        browser.call("Page.navigate", url=url)
        browser.until('document.readyState === "complete"')
        for step in steps:
            name, _, rest = step.partition(":")
            if name == "until":
                browser.until(rest)
            elif name == "do":
                browser.evaluate(rest)
            elif name == "print":
                value = browser.evaluate(rest)
                print(value if isinstance(value, str) else json.dumps(value), flush=True)
            elif name == "type":
                browser.type(rest)
            elif name == "key":
                browser.press(rest)
            elif name == "shot":
                browser.shot(rest)
            elif name == "tree":
                browser.tree()
            else:
                sys.exit(f"browser: no step {step}")
        if browser.complaints:
            sys.exit("browser: the page complains:\n" + "\n".join(browser.complaints))
    finally:
        browser.close()


main(sys.argv[1:])

"""One request to a stand-in, for stories."""
import ssl
import sys
import urllib.error
import urllib.request


def ask(arguments):
    root = arguments.address.rsplit("/api/", 1)[0]
    request = urllib.request.Request(
        root + arguments.path, method=arguments.method,
        data=arguments.body.encode() if arguments.body else None, headers={"Content-Type": "application/json"})
    context = ssl.create_default_context(cafile=arguments.authority) if root.startswith("https") else None
    try:
        with urllib.request.urlopen(request, context=context, timeout=30) as answer:
            print(answer.read().decode())
            return 0
    except urllib.error.HTTPError as error:
        print(error.read().decode(), file=sys.stderr)
        return 1

"""What the server knows: the bot, the chats, what was written and what waits to be fetched."""
import threading
import time

LARGEST_TEXT_UNITS = 4096
LARGEST_TOPIC_NAME = 128


class Refusal(Exception):
    def __init__(self, code, words, **parameters):
        self.code, self.words, self.parameters = code, words, parameters


class World:
    def __init__(self, token):
        self.token = token
        self.bot = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": "Orch", "username": "orch_bot"}
        self.changed = threading.Condition()
        self.updates, self.next_update = [], 1000
        self.messages, self.next_message = [], 1
        self.troubles, self.log = [], []
        # The poll that waits; a newer one ends it.
        self.poller = 0
        # Groups with topics, and whether the bot may manage those.
        self.forums = {}

    def chat(self, number):
        """A private chat has its person's name, a group its title."""
        if number > 0:
            return {"id": number, "type": "private", "first_name": "Ada"}
        chat = {"id": number, "type": "supergroup", "title": "Builders"}
        return dict(chat, is_forum=True) if number in self.forums else chat

    def message(self, number, text, sender, **more):
        message = {"message_id": self.next_message, "date": int(time.time()), "chat": self.chat(number),
                   "from": sender, **({} if text is None else {"text": text}), **more}
        self.next_message += 1
        self.messages.append(message)
        return message

    def write(self, body):
        """A person, or with `is_bot` a program, writes something."""
        number = int(body["chat"])
        sender = {"id": int(body.get("from", number)), "is_bot": bool(body.get("is_bot")), "first_name": "Ada"}
        more = dict(body.get("more", {}))
        if body.get("topic"):
            more.update(is_topic_message=True, message_thread_id=int(body["topic"]))
        if body.get("reply_to"):
            more["reply_to_message"] = self.find(number, int(body["reply_to"]))
        with self.changed:
            message = self.message(number, body["text"], sender, **more)
            kind = body.get("update", "message")
            self.updates.append({"update_id": body.get("number", self.next_update), kind: message})
            self.next_update += 1
            self.changed.notify_all()
        return message

    def find(self, number, message_id):
        for message in self.messages:
            if message["chat"]["id"] == number and message["message_id"] == message_id:
                return message
        raise Refusal(400, "Bad Request: message to be replied not found")

    def fetch(self, offset, limit, timeout, allowed):
        """getUpdates: waits, and forgets what was confirmed by a later offset."""
        deadline = time.monotonic() + timeout
        with self.changed:
            self.poller += 1
            mine = self.poller
            self.changed.notify_all()
            if offset:
                self.updates = [update for update in self.updates if update["update_id"] >= offset]
            while True:
                if self.poller != mine:
                    raise Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one "
                                       "bot instance is running")
                found = [update for update in self.updates if not allowed or any(kind in update for kind in allowed)]
                left = deadline - time.monotonic()
                if found or left <= 0:
                    return found[: limit or 100]
                self.changed.wait(left)

    def next_trouble(self, method, chat):
        with self.changed:
            for trouble in self.troubles:
                if trouble.get("method", method) != method or trouble.get("chat", chat) != chat:
                    continue
                if trouble.get("after", 0) > 0:
                    trouble["after"] -= 1
                    return None
                trouble["count"] = trouble.get("count", 1) - 1
                if trouble["count"] <= 0:
                    self.troubles.remove(trouble)
                return trouble
        return None

"""What there is on this Discord: one bot, one guild with a channel, a private channel, messages and threads."""
import threading
import time

TOKEN = "stand-in.token"
BOT = "42"
APPLICATION = "4200"
GUILD = "100"
CHANNEL = "500"
PRIVATE = "900"
PERSON = "4711"
EPOCH_MILLISECONDS = 1_420_070_400_000


class World:
    def __init__(self):
        self.lock = threading.RLock()
        self.last_id = 0
        self.channels = {
            CHANNEL: {"id": CHANNEL, "type": 0, "guild_id": GUILD, "name": "tasks"},
            PRIVATE: {"id": PRIVATE, "type": 1, "recipients": [{"id": PERSON, "username": "ada"}]},
        }
        # In the order in which they were written.
        self.messages = {}
        self.commands = []
        # Interactions by id: token, channel, `deferred`, `original` (the id of its answer).
        self.interactions = {}
        # One line a REST request: [method, path, status].
        self.requests = []
        # What the next REST calls meet, before they are looked at.
        self.troubles = []
        # How many more messages a channel takes, per channel; None: as many as come.
        self.bucket = None

    def new_id(self):
        """A snowflake: it rises, and says when it was given."""
        with self.lock:
            self.last_id = max(self.last_id + 1, int(time.time() * 1000 - EPOCH_MILLISECONDS) << 22)
            return str(self.last_id)

    def user(self, user, is_bot=False):
        return {"id": user, "username": "user" + user, "discriminator": "0", "avatar": None, "bot": is_bot,
                "global_name": None}

    def add_message(self, channel, author, content, is_bot=False, reply_to=None, kind=0, **more):
        """Writes a message and returns what the gateway says of it."""
        with self.lock:
            place = self.channels[channel]
            message = {
                "id": self.new_id(), "channel_id": channel, "type": 19 if reply_to else kind,
                "author": self.user(author, is_bot), "content": content, "timestamp": "2030-01-01T00:00:00+00:00",
                "edited_timestamp": None, "tts": False, "mention_everyone": False, "mention_roles": [],
                "attachments": [], "embeds": [], "pinned": False, "flags": 0,
                "mentions": [self.user(BOT, True)] if "<@%s>" % BOT in content else [],
            }
            if "guild_id" in place:
                message["guild_id"] = place["guild_id"]
                message["member"] = {"roles": [], "joined_at": "2030-01-01T00:00:00+00:00", "deaf": False,
                                     "mute": False, "flags": 0}
            if reply_to:
                message["message_reference"] = {"message_id": reply_to, "channel_id": channel, "type": 0}
                replied = self.messages.get(reply_to)
                if replied:
                    message["referenced_message"] = {
                        key: value for key, value in replied.items() if key != "referenced_message"}
            message.update(more)
            self.messages[message["id"]] = message
            place["last_message_id"] = message["id"]
            return message

    def private_chat(self, person):
        """The person's chat with the bot, which is made where there is none yet."""
        with self.lock:
            for channel in self.channels.values():
                if channel["type"] == 1 and channel["recipients"][0]["id"] == person:
                    return channel
            chat = {"id": self.new_id(), "type": 1, "recipients": [self.user(person)], "last_message_id": None}
            self.channels[chat["id"]] = chat
            return chat

    def open_thread(self, channel, message, name):
        with self.lock:
            thread = {"id": message, "type": 11, "guild_id": GUILD, "parent_id": channel, "name": name,
                      "owner_id": BOT, "message_count": 0, "member_count": 1, "rate_limit_per_user": 0,
                      "thread_metadata": {"archived": False, "auto_archive_duration": 10080, "locked": False,
                                          "archive_timestamp": "2030-01-01T00:00:00+00:00"}}
            self.channels[message] = thread
            return thread

    def guild(self):
        threads = [channel for channel in self.channels.values() if channel["type"] == 11]
        return {"id": GUILD, "name": "guild", "owner_id": PERSON, "unavailable": False, "member_count": 2,
                "joined_at": "2030-01-01T00:00:00+00:00", "large": False, "icon": None, "roles": [
                    {"id": GUILD, "name": "@everyone", "permissions": "0", "position": 0, "color": 0,
                     "hoist": False, "managed": False, "mentionable": False, "flags": 0}],
                "emojis": [], "stickers": [], "features": [], "voice_states": [], "presences": [],
                "members": [{"user": self.user(BOT, True), "roles": [], "joined_at": "2030-01-01T00:00:00+00:00",
                             "deaf": False, "mute": False, "flags": 0}],
                "channels": [dict(self.channels[CHANNEL], position=0, permission_overwrites=[], nsfw=False,
                                  parent_id=None)],
                "threads": threads, "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
                "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
                "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "preferred_locale": "en-US", "afk_timeout": 60,
                "system_channel_flags": 0, "premium_progress_bar_enabled": False}

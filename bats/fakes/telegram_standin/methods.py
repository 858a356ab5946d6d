"""The methods of the Bot API, with Telegram's own words for what it refuses."""
from . import markdown
from .world import LARGEST_TEXT_UNITS, LARGEST_TOPIC_NAME, Refusal


def get_me(world, fields):
    return world.bot


def delete_webhook(world, fields):
    return True


def get_updates(world, fields):
    return world.fetch(int(fields.get("offset") or 0), int(fields.get("limit") or 100),
                       float(fields.get("timeout") or 0), fields.get("allowed_updates"))


def text_of(fields):
    text, entities = fields.get("text", ""), []
    if fields.get("parse_mode") == "MarkdownV2":
        try:
            text, entities = markdown.parse(text)
        except markdown.CannotParse as error:
            raise Refusal(400, f"Bad Request: can't parse entities: {error}") from error
    # Blanks at the ends are dropped, and a text of nothing else is none.
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > LARGEST_TEXT_UNITS:
        raise Refusal(400, "Bad Request: message is too long")
    return text.strip(), entities


def send_message(world, fields):
    number = int(fields["chat_id"])
    text, entities = text_of(fields)
    more = {"entities": entities, "silent": bool(fields.get("disable_notification"))}
    reply = fields.get("reply_parameters")
    if reply:
        try:
            more["reply_to_message"] = world.find(number, int(reply["message_id"]))
        except Refusal:
            if not reply.get("allow_sending_without_reply"):
                raise
    if fields.get("message_thread_id"):
        topic = int(fields["message_thread_id"])
        if not any(message.get("message_thread_id") == topic and "forum_topic_created" in message
                   for message in world.messages):
            raise Refusal(400, "Bad Request: message thread not found")
        more.update(message_thread_id=topic, is_topic_message=True)
    with world.changed:
        return world.message(number, text, world.bot, **more)


def edit_message_text(world, fields):
    message = world.find(int(fields["chat_id"]), int(fields["message_id"]))
    if message["from"]["id"] != world.bot["id"]:
        raise Refusal(400, "Bad Request: message can't be edited")
    text, entities = text_of(fields)
    if (message["text"], message.get("entities")) == (text, entities):
        raise Refusal(400, "Bad Request: message is not modified: specified new message content and reply markup "
                           "are exactly the same as a current content and reply markup of the message")
    message["text"], message["entities"] = text, entities
    return message


def create_forum_topic(world, fields):
    number = int(fields["chat_id"])
    if number not in world.forums:
        raise Refusal(400, "Bad Request: the chat is not a forum")
    if not world.forums[number]:
        raise Refusal(400, "Bad Request: not enough rights to create a topic")
    if not 1 <= len(fields.get("name", "")) <= LARGEST_TOPIC_NAME:
        raise Refusal(400, "Bad Request: TOPIC_TITLE_EMPTY")
    topic = {"name": fields["name"], "icon_color": 7322096}
    with world.changed:
        # The topic is the message that says so.
        made = world.message(number, None, world.bot, forum_topic_created=topic, is_topic_message=True)
        made["message_thread_id"] = made["message_id"]
    return {"message_thread_id": made["message_id"], **topic}


METHODS = {"createforumtopic": create_forum_topic, "deletewebhook": delete_webhook,
           "getme": get_me, "getupdates": get_updates, "sendmessage": send_message,
           "editmessagetext": edit_message_text}

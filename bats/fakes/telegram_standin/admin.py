"""The controls, as JSON:

    POST /__admin/write    {"chat", "text", "from": the chat's person, "is_bot", "reply_to", "update": "message",
                            "topic", "number": of the update, "more": other members of the message}: somebody
                            writes; answers with the message
    POST /__admin/forum    {"chat", "may_manage": true}: the group has topics
    GET  /__admin/said     what the bot has said, oldest first: its messages; ?chat=N of one chat
    POST /__admin/trouble  {"kind", "method": any, "chat": any, "count": 1, "after": 0, "seconds"}: what the next requests meet:
                           limited (429), fault (500), forbidden (403), unauthorized (401), unparsable (400), garbage (half
                           a JSON text), drop (the connection ends without an answer), drop_after (the same, after it took effect)
    GET  /__admin/log      the requests so far: {"method", "fields", "status"}
    GET  /__admin/waiting  how many updates wait to be fetched, and whether somebody polls
"""


def said(world, query):
    chat = query.get("chat")
    return [message for message in world.messages
            if message["from"]["id"] == world.bot["id"] and chat in (None, str(message["chat"]["id"]))]


def answer(world, method, name, query, body):
    if (method, name) == ("POST", "write"):
        return world.write(body)
    if (method, name) == ("GET", "said"):
        return said(world, query)
    if (method, name) == ("POST", "forum"):
        world.forums[int(body["chat"])] = bool(body.get("may_manage", True))
        return {}
    if (method, name) == ("POST", "trouble"):
        with world.changed:
            world.troubles.append(body)
        return {}
    if (method, name) == ("GET", "log"):
        return world.log
    if (method, name) == ("GET", "waiting"):
        return {"updates": len(world.updates), "polls": world.poller}
    return None

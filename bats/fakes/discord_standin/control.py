"""What people do on this Discord, and how it misbehaves: requests below /control/, all but `GET` with JSON.

    POST write     {text, channel?, author?, bot?, webhook?, reply_to?, type?}   somebody writes; prints the message
    POST command   {name, options?, author?, channel?}    somebody gives a slash command; prints the interaction
    POST channel   {id}                                   a channel of the guild is made
    POST thread    {message, name?}                       somebody opens a thread at a message of the channel
    POST expire    {interaction}                          its token is worth nothing any more
    POST rest      {kind: "status", status, body?, headers?} | {kind: "delay", seconds}   for the next REST call
    POST bucket    {size, seconds} | null                 so many messages a channel; {"refill": true} fills them
    POST gateway   {kind, at?, now?}                      what a connection meets, see GatewayConnection.misbehave:
                   drop, close {code}, silent, reconnect, invalid {resumable}, heartbeat, garbage {text}, binary,
                   sequence {sequence}, pings {seconds}; `at`: open, greeting, identify, resume, ready; `now`: the open
                   ones, at once; `count`: so many connections, one after the other
    POST sessions  {forget: true} | {remaining}           sessions are gone; how many more may begin
    GET  state     everything of the above: messages, commands, requests, heard, connections
    GET  troubles  how many of those for connections are `left`
    GET  shown?channel=ID     what the bot has said there, oldest first
"""
import urllib.parse

from . import world as the


def handle(world, gateway, method, path, given):
    parts = urllib.parse.urlsplit(path)
    name = parts.path.removeprefix("/control/")
    if method == "GET":
        if name == "troubles":
            return {"left": len(gateway.troubles)}
        return state(world, gateway) if name == "state" else shown(world, urllib.parse.parse_qs(parts.query))
    return {"write": write, "command": command, "channel": channel, "thread": thread, "expire": expire, "rest": rest,
            "bucket": bucket, "gateway": trouble, "sessions": sessions}[name](world, gateway, given)


def write(world, gateway, given):
    more = {"webhook_id": "77"} if given.get("webhook") else {}
    message = world.add_message(
        given.get("channel", the.PRIVATE), given.get("author", the.PERSON), given["text"], given.get("bot", False),
        given.get("reply_to"), given.get("type", 0), **more)
    gateway.dispatch("MESSAGE_CREATE", message)
    return message


def command(world, gateway, given):
    channel = given.get("channel", the.PRIVATE)
    author = world.user(given.get("author", the.PERSON))
    place = world.channels[channel]
    interaction = {
        "id": world.new_id(), "application_id": the.APPLICATION, "type": 2, "token": "token-" + world.new_id(),
        "version": 1, "channel_id": channel, "channel": place, "locale": "en-US",
        "app_permissions": "0", "entitlements": [], "authorizing_integration_owners": {}, "context": 0,
        "attachment_size_limit": 10_485_760,
        "data": {"id": "1", "name": given["name"], "type": 1, "options": [
            {"name": key, "type": 3, "value": value} for key, value in given.get("options", {}).items()]}}
    if "guild_id" in place:
        interaction.update(guild_id=the.GUILD, member={
            "user": author, "roles": [], "permissions": "0", "joined_at": "2030-01-01T00:00:00+00:00", "deaf": False,
            "mute": False, "flags": 0})
    else:
        interaction["user"] = author
    world.interactions[interaction["id"]] = {
        "token": interaction["token"], "channel": channel, "deferred": False, "original": None}
    gateway.dispatch("INTERACTION_CREATE", interaction)
    return interaction


def channel(world, gateway, given):
    made = {"id": given["id"], "type": 0, "guild_id": the.GUILD, "name": "more"}
    world.channels[given["id"]] = made
    gateway.dispatch("CHANNEL_CREATE", made)
    return made


def thread(world, gateway, given):
    channel = world.messages[given["message"]]["channel_id"]
    opened = world.open_thread(channel, given["message"], given.get("name", "thread"))
    gateway.dispatch("THREAD_CREATE", opened)
    return opened


def expire(world, _, given):
    world.interactions[given["interaction"]]["expired"] = True
    return {}


def rest(world, _, given):
    with world.lock:
        world.troubles.append(given)
    return {}


def bucket(world, _, given):
    if given and given.get("refill"):
        world.bucket.pop("left", None)
    else:
        world.bucket = given
    return {}


def trouble(_, gateway, given):
    with gateway.lock:
        if given.get("now"):
            for connection in list(gateway.connections):
                connection.misbehave(given)
        else:
            gateway.troubles += [given] * given.get("count", 1)
    return {}


def sessions(_, gateway, given):
    with gateway.lock:
        if given.get("forget"):
            gateway.sessions.clear()
        if "remaining" in given:
            gateway.starts_remaining = given["remaining"]
    return {}


def state(world, gateway):
    with gateway.lock, world.lock:
        return {"messages": list(world.messages.values()), "commands": world.commands, "requests": world.requests,
                "heard": gateway.heard, "connections": len(gateway.connections), "sessions": len(gateway.sessions),
                "begun": gateway.count,
                "interactions": world.interactions, "channels": world.channels}


def shown(world, query):
    channel = query.get("channel", [the.PRIVATE])[0]
    with world.lock:
        return [message["content"] for message in world.messages.values()
                if message["channel_id"] == channel and message["author"]["id"] == the.BOT]

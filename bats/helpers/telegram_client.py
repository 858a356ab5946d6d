"""Drives the stand-in for Telegram with python-telegram-bot, the real client library: to know that it speaks the protocol.

    telegram_client.py PORT

Prints a line for each thing that worked, and ends with 0 once all of them have.
"""
import asyncio
import json
import sys
import urllib.request

from telegram import Bot, error
from telegram.constants import ParseMode
from telegram.ext import Application, MessageHandler, filters

port = int(sys.argv[1])
ADDRESS = "http://127.0.0.1:%d" % port
TOKEN = "4242:stand-in"
PERSON, GROUP = 4711, -1001
PATIENCE_SECONDS = 20


def bot(token=TOKEN):
    return Bot(token, base_url=ADDRESS + "/bot")


async def control(name, body):
    request = urllib.request.Request("%s/__admin/%s" % (ADDRESS, name), json.dumps(body).encode(), method="POST")
    await asyncio.get_running_loop().run_in_executor(None, urllib.request.urlopen, request)


async def fails(kind, call):
    try:
        await call
    except kind as problem:
        return problem
    raise AssertionError("no %s" % kind.__name__)


async def hear(heard):
    return await asyncio.wait_for(heard.get(), PATIENCE_SECONDS)


async def speak(bot):
    me = await bot.get_me()
    print("named", me.username, flush=True)
    said = await bot.send_message(PERSON, "*bold* `code`\n```\nblock\n```", parse_mode=ParseMode.MARKDOWN_V2,
                                  disable_notification=True)
    assert said.text == "bold code\nblock", said.text
    assert [entity.type for entity in said.entities] == ["bold", "code", "pre"], said.entities
    print("said with its look", flush=True)
    reply = await bot.send_message(PERSON, "a reply", reply_to_message_id=said.message_id)
    assert reply.reply_to_message.message_id == said.message_id
    assert (await bot.edit_message_text("edited", PERSON, said.message_id)).text == "edited"
    problem = await fails(error.BadRequest, bot.edit_message_text("edited", PERSON, said.message_id))
    assert "not modified" in problem.message, problem
    print("replied and edited", flush=True)
    problem = await fails(error.BadRequest, bot.send_message(PERSON, "a.b", parse_mode=ParseMode.MARKDOWN_V2))
    assert "parse entities" in problem.message, problem
    await fails(error.BadRequest, bot.send_message(PERSON, "x" * 4097))
    await control("trouble", {"kind": "limited", "method": "sendMessage", "seconds": 7})
    problem = await fails(error.RetryAfter, bot.send_message(PERSON, "too much"))
    assert int(getattr(problem.retry_after, "total_seconds", lambda: problem.retry_after)()) == 7
    await control("trouble", {"kind": "forbidden", "method": "sendMessage"})
    await fails(error.Forbidden, bot.send_message(PERSON, "nobody"))
    print("refused as it should be", flush=True)


async def listen(application, heard):
    conflicts = asyncio.Queue()
    await application.updater.start_polling(timeout=2, error_callback=conflicts.put_nowait)
    await control("write", {"chat": PERSON, "text": "hello"})
    message = await hear(heard)
    assert (message.text, message.chat.type, message.from_user.id) == ("hello", "private", PERSON), message
    print("heard what was written", flush=True)
    async with bot() as second:
        await second.get_updates(timeout=0)
    assert isinstance(await hear(conflicts), error.Conflict)
    await control("write", {"chat": GROUP, "from": PERSON, "text": "/list"})
    # Nothing is delivered twice: the next is the next.
    message = await hear(heard)
    assert (message.text, message.chat.type) == ("/list", "supergroup"), message
    print("went on after a conflict", flush=True)


async def use_topics(bot, heard):
    await fails(error.BadRequest, bot.create_forum_topic(GROUP, "i1: Fix the login"))
    await control("forum", {"chat": GROUP})
    topic = await bot.create_forum_topic(GROUP, "i1: Fix the login")
    said = await bot.send_message(GROUP, "in the topic", message_thread_id=topic.message_thread_id)
    assert said.is_topic_message and said.chat.is_forum, said
    await control("write", {"chat": GROUP, "from": PERSON, "text": "use postgres", "topic": topic.message_thread_id})
    message = await hear(heard)
    assert message.is_topic_message and message.message_thread_id == topic.message_thread_id, message
    await fails(error.BadRequest, bot.send_message(GROUP, "nowhere", message_thread_id=99999))
    print("topics are made and used", flush=True)


async def main():
    await fails(error.InvalidToken, bot("4242:wrong").initialize())
    heard = asyncio.Queue()

    async def note(update, _):
        heard.put_nowait(update.message)

    application = Application.builder().token(TOKEN).base_url(ADDRESS + "/bot").build()
    application.add_handler(MessageHandler(filters.ALL, note))
    async with application:
        await application.start()
        await speak(application.bot)
        await listen(application, heard)
        await use_topics(application.bot, heard)
        await application.updater.stop()
        await application.stop()


asyncio.run(asyncio.wait_for(main(), 60))

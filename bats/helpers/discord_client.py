"""Drives the stand-in for Discord with discord.py, the real client library: to know that it speaks the protocol.

    discord_client.py ADDRESS

Prints a line for each thing that worked, and ends with 0 once all of them have.
"""
import asyncio
import json
import sys
import urllib.request

import discord
import yarl
from discord import app_commands, gateway, http

address = sys.argv[1]
root = address.rsplit("/api/", 1)[0]
http.Route.BASE = address
gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(root.replace("http", "ws", 1))
NOBODY = discord.AllowedMentions.none()


async def control(name, body):
    request = urllib.request.Request("%s/control/%s" % (root, name), json.dumps(body).encode(), method="POST")
    await asyncio.get_running_loop().run_in_executor(None, urllib.request.urlopen, request)


class Client(discord.Client):
    def __init__(self):
        intents = discord.Intents.default()
        intents.message_content = True
        super().__init__(intents=intents, allowed_mentions=NOBODY)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self):
        await self.tree.sync()
        print("commands registered", flush=True)

    async def on_ready(self):
        print("identified as", self.user, flush=True)
        channel = self.get_channel(500)
        message = await channel.send("hello")
        await message.edit(content="edited", allowed_mentions=NOBODY)
        thread = await message.create_thread(name="thread", auto_archive_duration=1440)
        await thread.send("in the thread")
        print("thread of", thread.parent_id, flush=True)
        await control("gateway", {"kind": "reconnect", "now": True})
        await control("write", {"text": "meanwhile", "channel": "500"})

    async def on_resumed(self):
        print("resumed", flush=True)

    async def on_message(self, message):
        if message.content == "meanwhile":
            print("heard what was said meanwhile", flush=True)
            await control("command", {"name": "ping", "channel": "500", "options": {"text": "x"}})


client = Client()


@client.tree.command(name="ping", description="Ping")
async def ping(interaction, text: str):
    await interaction.response.defer(thinking=True)
    await interaction.followup.send("pong " + text)
    print("command answered", flush=True)
    await client.close()


async def main():
    async with client:
        await asyncio.wait_for(client.start("stand-in.token"), 60)


asyncio.run(main())

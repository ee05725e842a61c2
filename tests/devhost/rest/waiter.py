"""A bot as its author writes it with mmpy_bot; its environment says where the server is."""

import os

from mmpy_bot import Bot, Message, Plugin, Settings, listen_to


class Waiter(Plugin):
    @listen_to("^order (.*)$")
    async def order(self, message: Message, what: str):
        self.driver.reply_to(message, f"one {what} and tea")
        self.driver.react_to(message, "coffee")

    @listen_to("^name$", needs_mention=True)
    def name(self, message: Message):
        self.driver.reply_to(message, "I am the waiter", direct=True)

    @listen_to("^menu$")
    def menu(self, message: Message):
        self.driver.reply_to(message, "here", file_paths=[os.environ["MENU"]])

    @listen_to("^wave$")
    def wave(self, message: Message):
        self.driver.commands.execute_command({"channel_id": message.channel_id, "command": "/shrug no hands"})


if __name__ == "__main__":
    Bot(settings=Settings(), plugins=[Waiter()]).run()

"""An actor in Python: the same world, another language, and WASI underneath.

| message | reply |
|---|---|
| `echo TEXT` | TEXT |
| `words TEXT` | how many words TEXT has |
| `increment` | a count in memory, one higher |
| `error TEXT` | the guest error `failed(TEXT)` |
| `raise TEXT` | nothing: an exception that nobody catches ends this instance |
| `print TEXT` | `printed`: TEXT goes to stdout, which WASI carries into the host's log |
| `clock` | nanoseconds since 1970, from WASI's clock |
| `random N` | N bytes in hexadecimal, from WASI's randomness |
| `sleep MS` | `slept`, after a wait in WASI |
| `open PATH` | the text of a file, or `refused`: the WASI world is empty |
| `env NAME` | an environment variable, or `none`: the WASI world is empty |
| `set KEY TEXT` | `stored`, in the actor's own storage area |
| `get KEY` | the value, or `none` |
| `ask TARGET TEXT` | what the target (`namespace/name/instance`) replies, or the name of the error |

Anything else is answered with `invalid-message`.
"""

import os
import sys
import time

from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import errors, messaging, storage, types


class Lifecycle(exports.Lifecycle):
    count = 0

    def initialize(self, config: types.Config) -> None:
        pass

    def handle_message(self, message: types.Message) -> bytes | None:
        command, _, rest = message.payload.decode().partition(" ")
        answer = getattr(self, "do_" + command, None)
        if answer is None:
            raise Err(errors.ActorError_InvalidMessage(f"the command {command} is not known"))
        return answer(rest).encode()

    def do_echo(self, text: str) -> str:
        return text

    def do_words(self, text: str) -> str:
        return str(len(text.split()))

    def do_increment(self, _: str) -> str:
        self.count += 1
        return str(self.count)

    def do_error(self, text: str) -> str:
        raise Err(errors.ActorError_Failed(text))

    def do_raise(self, text: str) -> str:
        raise RuntimeError(text)

    def do_print(self, text: str) -> str:
        print(text)
        sys.stdout.flush()
        return "printed"

    def do_clock(self, _: str) -> str:
        return str(time.time_ns())

    def do_random(self, count: str) -> str:
        return os.urandom(int(count)).hex()

    def do_sleep(self, milliseconds: str) -> str:
        time.sleep(int(milliseconds) / 1000)
        return "slept"

    def do_open(self, path: str) -> str:
        try:
            with open(path) as file:
                return file.read()
        except OSError:
            return "refused"

    def do_env(self, name: str) -> str:
        return os.environ.get(name, "none")

    def do_set(self, text: str) -> str:
        key, _, value = text.partition(" ")
        try:
            storage.set(storage.Area_Private(), key, value.encode())
        except Err as error:
            return type(error.value).__name__
        return "stored"

    def do_get(self, key: str) -> str:
        try:
            value = storage.get(storage.Area_Private(), key)
        except Err as error:
            return type(error.value).__name__
        return "none" if value is None else value.decode()

    def do_ask(self, text: str) -> str:
        target, _, question = text.partition(" ")
        try:
            reply = messaging.request(types.ActorId(*target.split("/")), question.encode(), None, 5_000_000_000)
        except Err as error:
            return type(error.value).__name__
        return reply.decode()

    def handle_response(self, correlation_id: int, response) -> None:
        pass

    def handle_down(self, id: types.ActorId, reason: types.ExitReason) -> None:
        pass

    def metadata(self) -> types.ActorMetadata:
        return types.ActorMetadata("words", "1.0.0", "Counts words, in Python.")

    def health(self) -> types.ActorHealth:
        return types.ActorHealth_Healthy()

    def shutdown(self, reason: types.ExitReason) -> None:
        pass

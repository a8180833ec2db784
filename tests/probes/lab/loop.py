"""One event loop in a thread, for every stand-in of the lab."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Loop:
    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(lambda loop, context: None)  # probes break connections on purpose
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self._closers: list[Any] = []

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def serve(self, handler: Any, host: str, port: int, **options: Any) -> int:
        server = self.run(asyncio.start_server(handler, host, port, **options))
        self._closers.append(server)
        return int(server.sockets[0].getsockname()[1])

    def keep(self, transport: Any) -> None:
        self._closers.append(transport)

    def close(self) -> None:
        async def end() -> None:
            for each in self._closers:
                each.close()
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await asyncio.sleep(0.05)

        self.run(end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()

"""Who has read a message, with DingTalk's official Python SDK: the twin of the Rust in docs/src/migrating.md.

`query.py [--async]`, with ENDPOINT (host:port), TOKEN, KEY, CONVERSATION and ROBOT in the environment.
Prints each page's readers, or the error's code and message.
"""

import asyncio
import os
import sys

from alibabacloud_dingtalk.robot_1_0 import models
from alibabacloud_dingtalk.robot_1_0.client import Client
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions


def client() -> Client:
    # Against DingTalk the protocol has to be "https": the SDK's own default sends the token in clear.
    config = Config(protocol=os.environ.get("PROTOCOL", "https"), region_id="central")
    config.endpoint = os.environ["ENDPOINT"]
    return Client(config)


def headers() -> models.OrgGroupQueryHeaders:
    return models.OrgGroupQueryHeaders(x_acs_dingtalk_access_token=os.environ["TOKEN"])


def request(cursor: str | None) -> models.OrgGroupQueryRequest:
    return models.OrgGroupQueryRequest(
        open_conversation_id=os.environ["CONVERSATION"],
        robot_code=os.environ["ROBOT"],
        process_query_key=os.environ["KEY"],
        max_results=50,
        next_token=cursor,
    )


def main() -> None:
    cursor, more = None, True
    while more:
        page = client().org_group_query_with_options(request(cursor), headers(), RuntimeOptions()).body
        print(*page.read_user_ids, sep="\n")
        cursor, more = page.next_token, page.has_more


async def main_async() -> None:
    cursor, more = None, True
    while more:
        response = await client().org_group_query_with_options_async(request(cursor), headers(), RuntimeOptions())
        print(*response.body.read_user_ids, sep="\n")
        cursor, more = response.body.next_token, response.body.has_more


try:
    if "--async" in sys.argv:
        asyncio.run(main_async())
    else:
        main()
except Exception as error:  # The SDK raises several types; all that come from DingTalk have a code.
    print(getattr(error, "code", None), getattr(error, "message", error))
    sys.exit(1)

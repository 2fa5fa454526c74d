// Who has read a message, with DingTalk's official Node SDK: the twin of the Rust in docs/src/migrating.md.
//
// ENDPOINT (host:port), TOKEN, KEY, CONVERSATION and ROBOT are in the environment. Prints each page's readers, or the
// error's code and message.
import robot from '@alicloud/dingtalk/robot_1_0.js';
import openapi from '@alicloud/openapi-client';
import util from '@alicloud/tea-util';

const { env } = process;

// Against DingTalk the protocol has to be "https": the SDK's own default sends the token in clear.
const config = new openapi.Config({ protocol: env.PROTOCOL ?? 'https', regionId: 'central' });
config.endpoint = env.ENDPOINT;
const client = new robot.default(config);
const headers = new robot.OrgGroupQueryHeaders({ xAcsDingtalkAccessToken: env.TOKEN });

try {
  let nextToken, more = true;
  while (more) {
    const request = new robot.OrgGroupQueryRequest({
      openConversationId: env.CONVERSATION,
      robotCode: env.ROBOT,
      processQueryKey: env.KEY,
      maxResults: 50,
      nextToken,
    });
    const { body } = await client.orgGroupQueryWithOptions(request, headers, new util.RuntimeOptions({}));
    for (const id of body.readUserIds) console.log(id);
    ({ nextToken, hasMore: more } = body);
  }
} catch (error) {
  console.log(error.code, error.message);
  process.exitCode = 1;
}

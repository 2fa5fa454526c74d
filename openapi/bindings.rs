// The public surface of what is generated from openapi/dingtalk-receipts.yaml, without bodies: what a change gives to users.
// Written by `cargo xtask regen`; do not edit.

pub use ::progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
/// Types used as operation parameters and responses.
pub mod types {
    /// Why access was denied.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct AccessDeniedDetail {
        /// The permissions that the app lacks.
        #[serde(
            rename = "requiredScopes",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub required_scopes: ::std::option::Option<
            ::std::vec::Vec<::std::string::String>,
        >,
    }
    /// `AccessToken`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct AccessToken {
        /// The access token.
        #[serde(
            rename = "accessToken",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub access_token: ::std::option::Option<super::Secret>,
        /// For how many seconds the token is valid, 7200 as a rule.
        #[serde(
            rename = "expireIn",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub expire_in: ::std::option::Option<i64>,
    }
    /// The content of a `sampleActionCard2` message, with two buttons, one below the other.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ActionCard2Content {
        /// The title of button 1.
        #[serde(rename = "actionTitle1")]
        pub action_title1: ::std::string::String,
        /// The title of button 2.
        #[serde(rename = "actionTitle2")]
        pub action_title2: ::std::string::String,
        /// The address that button 1 opens.
        #[serde(rename = "actionURL1")]
        pub action_url1: ::std::string::String,
        /// The address that button 2 opens.
        #[serde(rename = "actionURL2")]
        pub action_url2: ::std::string::String,
        /// Markdown.
        pub text: ::std::string::String,
        /// What the list of chats shows.
        pub title: ::std::string::String,
    }
    /// The content of a `sampleActionCard3` message, with three buttons, one below the other.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ActionCard3Content {
        /// The title of button 1.
        #[serde(rename = "actionTitle1")]
        pub action_title1: ::std::string::String,
        /// The title of button 2.
        #[serde(rename = "actionTitle2")]
        pub action_title2: ::std::string::String,
        /// The title of button 3.
        #[serde(rename = "actionTitle3")]
        pub action_title3: ::std::string::String,
        /// The address that button 1 opens.
        #[serde(rename = "actionURL1")]
        pub action_url1: ::std::string::String,
        /// The address that button 2 opens.
        #[serde(rename = "actionURL2")]
        pub action_url2: ::std::string::String,
        /// The address that button 3 opens.
        #[serde(rename = "actionURL3")]
        pub action_url3: ::std::string::String,
        /// Markdown.
        pub text: ::std::string::String,
        /// What the list of chats shows.
        pub title: ::std::string::String,
    }
    /// The content of a `sampleActionCard4` message, with four buttons, one below the other.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ActionCard4Content {
        /// The title of button 1.
        #[serde(rename = "actionTitle1")]
        pub action_title1: ::std::string::String,
        /// The title of button 2.
        #[serde(rename = "actionTitle2")]
        pub action_title2: ::std::string::String,
        /// The title of button 3.
        #[serde(rename = "actionTitle3")]
        pub action_title3: ::std::string::String,
        /// The title of button 4.
        #[serde(rename = "actionTitle4")]
        pub action_title4: ::std::string::String,
        /// The address that button 1 opens.
        #[serde(rename = "actionURL1")]
        pub action_url1: ::std::string::String,
        /// The address that button 2 opens.
        #[serde(rename = "actionURL2")]
        pub action_url2: ::std::string::String,
        /// The address that button 3 opens.
        #[serde(rename = "actionURL3")]
        pub action_url3: ::std::string::String,
        /// The address that button 4 opens.
        #[serde(rename = "actionURL4")]
        pub action_url4: ::std::string::String,
        /// Markdown.
        pub text: ::std::string::String,
        /// What the list of chats shows.
        pub title: ::std::string::String,
    }
    /// The content of a `sampleActionCard5` message, with five buttons, one below the other.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ActionCard5Content {
        /// The title of button 1.
        #[serde(rename = "actionTitle1")]
        pub action_title1: ::std::string::String,
        /// The title of button 2.
        #[serde(rename = "actionTitle2")]
        pub action_title2: ::std::string::String,
        /// The title of button 3.
        #[serde(rename = "actionTitle3")]
        pub action_title3: ::std::string::String,
        /// The title of button 4.
        #[serde(rename = "actionTitle4")]
        pub action_title4: ::std::string::String,
        /// The title of button 5.
        #[serde(rename = "actionTitle5")]
        pub action_title5: ::std::string::String,
        /// The address that button 1 opens.
        #[serde(rename = "actionURL1")]
        pub action_url1: ::std::string::String,
        /// The address that button 2 opens.
        #[serde(rename = "actionURL2")]
        pub action_url2: ::std::string::String,
        /// The address that button 3 opens.
        #[serde(rename = "actionURL3")]
        pub action_url3: ::std::string::String,
        /// The address that button 4 opens.
        #[serde(rename = "actionURL4")]
        pub action_url4: ::std::string::String,
        /// The address that button 5 opens.
        #[serde(rename = "actionURL5")]
        pub action_url5: ::std::string::String,
        /// Markdown.
        pub text: ::std::string::String,
        /// What the list of chats shows.
        pub title: ::std::string::String,
    }
    /// The content of a `sampleActionCard6` message, with two buttons side by side. Their fields have other names than those of the other cards.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ActionCard6Content {
        /// The title of button 1.
        #[serde(rename = "buttonTitle1")]
        pub button_title1: ::std::string::String,
        /// The title of button 2.
        #[serde(rename = "buttonTitle2")]
        pub button_title2: ::std::string::String,
        /// The address that button 1 opens.
        #[serde(rename = "buttonUrl1")]
        pub button_url1: ::std::string::String,
        /// The address that button 2 opens.
        #[serde(rename = "buttonUrl2")]
        pub button_url2: ::std::string::String,
        /// Markdown.
        pub text: ::std::string::String,
        /// What the list of chats shows.
        pub title: ::std::string::String,
    }
    /// The content of a `sampleActionCard` message.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ActionCardContent {
        /// The title of the button.
        #[serde(rename = "singleTitle")]
        pub single_title: ::std::string::String,
        /// The address that the button opens.
        #[serde(rename = "singleURL")]
        pub single_url: ::std::string::String,
        /// Markdown.
        pub text: ::std::string::String,
        /// What the list of chats shows.
        pub title: ::std::string::String,
    }
    /// `AppAccessTokenRequest`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct AppAccessTokenRequest {
        /// The app's key, also called client id.
        #[serde(rename = "appKey")]
        pub app_key: ::std::string::String,
        /// The app's secret, also called client secret.
        #[serde(rename = "appSecret")]
        pub app_secret: super::Secret,
    }
    /// The content of a `sampleAudio` message.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct AudioContent {
        /// How long it is, in milliseconds, as a string.
        pub duration: ::std::string::String,
        /// The media id of the recording, ogg or amr.
        #[serde(rename = "mediaId")]
        pub media_id: ::std::string::String,
    }
    /// `CorpAccessTokenRequest`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CorpAccessTokenRequest {
        /// The corp that installed the app.
        #[serde(rename = "authCorpId")]
        pub auth_corp_id: ::std::string::String,
        /// The key of the third-party app.
        #[serde(rename = "suiteKey")]
        pub suite_key: ::std::string::String,
        /// The secret of the third-party app.
        #[serde(rename = "suiteSecret")]
        pub suite_secret: super::Secret,
        /// The newest ticket that was pushed to the app.
        #[serde(rename = "suiteTicket")]
        pub suite_ticket: super::Secret,
    }
    /// An error as the gateway writes it, all in lower case (seen; KB 0013). Some tools show the same keys capitalised (`Code`, `Message`, `RequestId`); readers of this envelope take both.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct ErrorBody {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub accessdenieddetail: ::std::option::Option<AccessDeniedDetail>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<super::errors::ReceivedErrorCode>,
        /// Prose, in Chinese on the Chinese host. Decide by `code`, never by this.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
        /// The id of the call, to give to the vendor's support.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub requestid: ::std::option::Option<::std::string::String>,
    }
    /// The content of a `sampleFile` message.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct FileContent {
        /// The name of the file.
        #[serde(rename = "fileName")]
        pub file_name: ::std::string::String,
        /// The type of the file; xlsx, pdf, zip, rar, doc and docx are documented.
        #[serde(rename = "fileType")]
        pub file_type: ::std::string::String,
        /// The media id of the file.
        #[serde(rename = "mediaId")]
        pub media_id: ::std::string::String,
    }
    /// How the client proves itself.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum GrantType {
        #[serde(rename = "client_credentials")]
        ClientCredentials,
    }
    impl ::std::fmt::Display for GrantType {}
    impl ::std::str::FromStr for GrantType {
        type Err = self::error::ConversionError;
    }
    impl ::std::convert::TryFrom<&str> for GrantType {
        type Error = self::error::ConversionError;
    }
    impl ::std::convert::TryFrom<::std::string::String> for GrantType {
        type Error = self::error::ConversionError;
    }
    /// One page of members. A member of the organisation has a user id, one from outside a union id.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct GroupMembersPage {
        /// Whether there are more members to query.
        #[serde(
            rename = "hasMore",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub has_more: ::std::option::Option<bool>,
        /// The user ids of members of the organisation.
        #[serde(
            rename = "memberUserIds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub member_user_ids: ::std::option::Option<
            ::std::vec::Vec<::std::string::String>,
        >,
        /// The cursor of the next page. Opaque. Empty at the end.
        #[serde(
            rename = "nextToken",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub next_token: ::std::option::Option<::std::string::String>,
        /// Names by user id.
        #[serde(
            rename = "staffIdNickMap",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub staff_id_nick_map: ::std::option::Option<
            ::std::collections::HashMap<::std::string::String, ::std::string::String>,
        >,
        /// Whether the members were found.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub success: ::std::option::Option<bool>,
        /// The union ids of members from outside the organisation.
        #[serde(
            rename = "unionIdList",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub union_id_list: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        /// Names by union id.
        #[serde(
            rename = "unionIdNickMap",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub union_id_nick_map: ::std::option::Option<
            ::std::collections::HashMap<::std::string::String, ::std::string::String>,
        >,
    }
    /// Which group, and which page of its members.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct GroupMembersQuery {
        /// The cool app that is installed in the group. Needed for a group that is not of the app's template.
        #[serde(
            rename = "coolAppCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub cool_app_code: ::std::option::Option<::std::string::String>,
        /// How many members a page should have; pages need not keep to it. Its maximum is not documented; 1,000 is the size up to which a group comes in one response.
        #[serde(rename = "maxResults")]
        pub max_results: GroupMembersQueryMaxResults,
        /// The cursor of the page before. Absent or empty for the first page.
        #[serde(
            rename = "nextToken",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub next_token: ::std::option::Option<::std::string::String>,
        /// The group.
        #[serde(rename = "openConversationId")]
        pub open_conversation_id: ::std::string::String,
    }
    /// The content of a `sampleImageMsg` message.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ImageContent {
        /// The address of the picture, or its media id.
        #[serde(rename = "photoURL")]
        pub photo_url: ::std::string::String,
    }
    /// The content of a `sampleLink` message.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct LinkContent {
        /// The address that the link opens.
        #[serde(rename = "messageUrl")]
        pub message_url: ::std::string::String,
        /// The address of the picture, or its media id.
        #[serde(rename = "picUrl")]
        pub pic_url: ::std::string::String,
        /// The text.
        pub text: ::std::string::String,
        /// The title.
        pub title: ::std::string::String,
    }
    /// The content of a `sampleMarkdown` message.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct MarkdownContent {
        /// Markdown; headings, quotes, bold and italic text, links, pictures and lists.
        pub text: ::std::string::String,
        /// What the list of chats shows.
        pub title: ::std::string::String,
    }
    /// One page of readers. Nothing in it is promised: the SDKs mark each field optional, and `null` was seen to stand for absent. A page may be empty while more follow.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct ReadStatusPage {
        /// Whether there are more readers to query.
        #[serde(
            rename = "hasMore",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub has_more: ::std::option::Option<bool>,
        /// The cursor of the next page. Opaque. What the last page has here is not documented.
        #[serde(
            rename = "nextToken",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub next_token: ::std::option::Option<::std::string::String>,
        /// The user ids of readers. A reader from outside the corp has none and stands in `readUsers` only.
        #[serde(
            rename = "readUserIds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub read_user_ids: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        /// The readers. Not parallel to `readUserIds`; either array may be absent.
        #[serde(
            rename = "readUsers",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub read_users: ::std::option::Option<::std::vec::Vec<ReadUser>>,
        #[serde(
            rename = "sendStatus",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub send_status: ::std::option::Option<SendStatus>,
    }
    /// Which message, and which page of its readers. `openConversationId` or `token` must be there.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ReadStatusQuery {
        #[serde(
            rename = "maxResults",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub max_results: ::std::option::Option<MaxResults>,
        /// The cursor of the page before. Absent or empty for the first page.
        #[serde(
            rename = "nextToken",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub next_token: ::std::option::Option<::std::string::String>,
        /// The group that the message was sent to.
        #[serde(
            rename = "openConversationId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub open_conversation_id: ::std::option::Option<::std::string::String>,
        /// The message, as the send operation returned it.
        #[serde(rename = "processQueryKey")]
        pub process_query_key: ::std::string::String,
        /// The robot that sent the message. Needed with `openConversationId`.
        #[serde(
            rename = "robotCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub robot_code: ::std::option::Option<::std::string::String>,
        /// The access token of a webhook robot's address, instead of a conversation. A credential. Only the SDKs have it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<super::Secret>,
    }
    /// One reader. At least one of the ids is expected; a reader from outside the corp has `unionId` only.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct ReadUser {
        /// The person, the same in every corp of one developer.
        #[serde(
            rename = "unionId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub union_id: ::std::option::Option<::std::string::String>,
        /// The person within the corp.
        #[serde(
            rename = "userId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub user_id: ::std::option::Option<::std::string::String>,
    }
    /// Messages of one robot in one conversation.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct RecallGroupMessagesRequest {
        /// The group that the messages were sent to.
        #[serde(rename = "openConversationId")]
        pub open_conversation_id: ::std::string::String,
        /// The messages, up to 20.
        #[serde(rename = "processQueryKeys")]
        pub process_query_keys: ::std::vec::Vec<::std::string::String>,
        /// The robot that sent the messages.
        #[serde(rename = "robotCode")]
        pub robot_code: ::std::string::String,
    }
    /// `RecallGroupMessagesResponse`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct RecallGroupMessagesResponse {
        /// The messages that were not, each with the reason. `SYSTEM_ERROR` is the only documented one.
        #[serde(
            rename = "failedResult",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub failed_result: ::std::option::Option<
            ::std::collections::HashMap<::std::string::String, ::std::string::String>,
        >,
        /// The messages that were recalled.
        #[serde(
            rename = "successResult",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub success_result: ::std::option::Option<
            ::std::vec::Vec<::std::string::String>,
        >,
    }
    /// A message, and where it goes. `openConversationId` with `robotCode`, or `token`, must be there.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct SendGroupMessageRequest {
        /// The cool app that brought the robot into the group. Needed where one did.
        #[serde(
            rename = "coolAppCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub cool_app_code: ::std::option::Option<::std::string::String>,
        #[serde(rename = "msgKey")]
        pub msg_key: MessageKey,
        /// The content: JSON of the schema that `x-message-types` has for `msgKey`, as a string of up to 15,000 bytes.
        #[serde(rename = "msgParam")]
        pub msg_param: ::std::string::String,
        /// The group that the message goes to.
        #[serde(
            rename = "openConversationId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub open_conversation_id: ::std::option::Option<::std::string::String>,
        /// The robot that sends the message. Needed with `openConversationId`.
        #[serde(
            rename = "robotCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub robot_code: ::std::option::Option<::std::string::String>,
        /// The access token of a webhook robot's address, instead of a conversation. A credential. Only the SDKs have it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<super::Secret>,
    }
    /// `SendGroupMessageResponse`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct SendGroupMessageResponse {
        /// The message, for queries and for recalling it.
        #[serde(
            rename = "processQueryKey",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub process_query_key: ::std::option::Option<::std::string::String>,
    }
    /// The content of a `sampleText` message.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct TextContent {
        /// The text.
        pub content: ::std::string::String,
    }
    /// `Token`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct Token {
        /// The access token.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub access_token: ::std::option::Option<super::Secret>,
        /// For how many seconds the token is valid, 7200 as a rule.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_in: ::std::option::Option<i64>,
    }
    /// `TokenRequest`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct TokenRequest {
        /// The app's client id (an app key or a suite key).
        pub client_id: ::std::string::String,
        /// The app's client secret.
        pub client_secret: super::Secret,
        pub grant_type: GrantType,
    }
    /// The content of a `sampleVideo` message.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct VideoContent {
        /// How long it is, in seconds, as a string.
        pub duration: ::std::string::String,
        /// The height in pixels, as a string.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub height: ::std::option::Option<::std::string::String>,
        /// The media id of the picture that is shown first.
        #[serde(rename = "picMediaId")]
        pub pic_media_id: ::std::string::String,
        /// The media id of the video.
        #[serde(rename = "videoMediaId")]
        pub video_media_id: ::std::string::String,
        /// The type of the video; mp4 only.
        #[serde(rename = "videoType")]
        pub video_type: ::std::string::String,
        /// The width in pixels, as a string.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub width: ::std::option::Option<::std::string::String>,
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError();
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {}
        impl ::std::fmt::Debug for ConversionError {}
        impl From<&'static str> for ConversionError {}
        impl From<String> for ConversionError {}
    }
    /// How many members a page should have; pages need not keep to it. Its maximum is not documented; 1,000 is the size up to which a group comes in one response.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct GroupMembersQueryMaxResults();
    impl GroupMembersQueryMaxResults {
        /// The smallest value.
        pub const MIN: i64 = 1;
        /// The largest value.
        pub const MAX: i64 = 1000;
        /// Takes a whole number from 1 to 1000; anything else is an error that says so.
        pub const fn new(value: i64) -> ::std::result::Result<Self, super::OutOfRange> {}
        /// The value.
        pub const fn get(self) -> i64 {}
    }
    impl ::std::convert::TryFrom<i64> for GroupMembersQueryMaxResults {
        type Error = super::OutOfRange;
    }
    impl ::std::convert::From<GroupMembersQueryMaxResults> for i64 {}
    impl ::std::fmt::Display for GroupMembersQueryMaxResults {}
    impl ::std::str::FromStr for GroupMembersQueryMaxResults {
        type Err = super::OutOfRange;
    }
    impl ::serde::Serialize for GroupMembersQueryMaxResults {}
    impl<'de> ::serde::Deserialize<'de> for GroupMembersQueryMaxResults {}
    /// How many readers a page may have at most. What the server does without it is not documented.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct MaxResults();
    impl MaxResults {
        /// The smallest value.
        pub const MIN: i64 = 1;
        /// The largest value.
        pub const MAX: i64 = 200;
        /// Takes a whole number from 1 to 200; anything else is an error that says so.
        pub const fn new(value: i64) -> ::std::result::Result<Self, super::OutOfRange> {}
        /// The value.
        pub const fn get(self) -> i64 {}
    }
    impl ::std::convert::TryFrom<i64> for MaxResults {
        type Error = super::OutOfRange;
    }
    impl ::std::convert::From<MaxResults> for i64 {}
    impl ::std::fmt::Display for MaxResults {}
    impl ::std::str::FromStr for MaxResults {
        type Err = super::OutOfRange;
    }
    impl ::serde::Serialize for MaxResults {}
    impl<'de> ::serde::Deserialize<'de> for MaxResults {}
    /// The type of a message. An open set: the vendor's own tools use types that no document has. The known types and the schemas of their content are in `x-message-types`.
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub enum MessageKey {
        /// `sampleText`: Plain text.
        SampleText,
        /// `sampleMarkdown`: Markdown with a title.
        SampleMarkdown,
        /// `sampleImageMsg`: A picture.
        SampleImageMsg,
        /// `sampleLink`: A link with a title, a text and a picture.
        SampleLink,
        /// `sampleActionCard`: A card with one button.
        SampleActionCard,
        /// `sampleActionCard2`: A card with two buttons, one below the other.
        SampleActionCard2,
        /// `sampleActionCard3`: A card with three buttons.
        SampleActionCard3,
        /// `sampleActionCard4`: A card with four buttons.
        SampleActionCard4,
        /// `sampleActionCard5`: A card with five buttons.
        SampleActionCard5,
        /// `sampleActionCard6`: A card with two buttons side by side.
        SampleActionCard6,
        /// `sampleAudio`: A voice message.
        SampleAudio,
        /// `sampleFile`: A file.
        SampleFile,
        /// `sampleVideo`: A video.
        SampleVideo,
        /// A value that was not known when this was generated, as it came.
        Unknown(::std::string::String),
    }
    impl MessageKey {
        /// The known values.
        pub const KNOWN: &'static [Self] = &[
            Self::SampleText,
            Self::SampleMarkdown,
            Self::SampleImageMsg,
            Self::SampleLink,
            Self::SampleActionCard,
            Self::SampleActionCard2,
            Self::SampleActionCard3,
            Self::SampleActionCard4,
            Self::SampleActionCard5,
            Self::SampleActionCard6,
            Self::SampleAudio,
            Self::SampleFile,
            Self::SampleVideo,
        ];
        /// The value as it is written on the wire.
        pub fn as_str(&self) -> &str {}
    }
    impl ::std::convert::From<&str> for MessageKey {}
    impl ::std::convert::From<::std::string::String> for MessageKey {}
    impl ::std::str::FromStr for MessageKey {
        type Err = ::std::convert::Infallible;
    }
    impl ::std::convert::AsRef<str> for MessageKey {}
    impl ::std::fmt::Display for MessageKey {}
    impl ::std::cmp::PartialEq for MessageKey {}
    impl ::std::cmp::Eq for MessageKey {}
    impl ::std::cmp::PartialOrd for MessageKey {}
    impl ::std::cmp::Ord for MessageKey {}
    impl ::std::hash::Hash for MessageKey {}
    impl ::serde::Serialize for MessageKey {}
    impl<'de> ::serde::Deserialize<'de> for MessageKey {}
    /// What became of the message. An open set: new values must be expected, and the vendor's own sample of a sister operation misspells one (KB 0720).
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub enum SendStatus {
        /// `SUCCESS`: The message was sent.
        Success,
        /// `RECALLED`: The message was recalled.
        Recalled,
        /// `PROCESSING`: The message is still being sent.
        Processing,
        /// A value that was not known when this was generated, as it came.
        Unknown(::std::string::String),
    }
    impl SendStatus {
        /// The known values.
        pub const KNOWN: &'static [Self] = &[
            Self::Success,
            Self::Recalled,
            Self::Processing,
        ];
        /// The value as it is written on the wire.
        pub fn as_str(&self) -> &str {}
    }
    impl ::std::convert::From<&str> for SendStatus {}
    impl ::std::convert::From<::std::string::String> for SendStatus {}
    impl ::std::str::FromStr for SendStatus {
        type Err = ::std::convert::Infallible;
    }
    impl ::std::convert::AsRef<str> for SendStatus {}
    impl ::std::fmt::Display for SendStatus {}
    impl ::std::cmp::PartialEq for SendStatus {}
    impl ::std::cmp::Eq for SendStatus {}
    impl ::std::cmp::PartialOrd for SendStatus {}
    impl ::std::cmp::Ord for SendStatus {}
    impl ::std::hash::Hash for SendStatus {}
    impl ::serde::Serialize for SendStatus {}
    impl<'de> ::serde::Deserialize<'de> for SendStatus {}
}
#[derive(Clone, Debug)]
/// Client for DingTalk group-message read status
///
/// A robot's message to a group: sending it, who has read it, one page of readers at a time, recalling it, the members of a group, and the three ways to get the access token that these need. Maintained by hand from the vendor's documentation and SDKs; not an official document of DingTalk.
///
/// Version: 0.2.0
pub struct Client {}
impl Client {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(baseurl: &str, client: ::reqwest::Client) -> Self {}
}
impl ClientInfo<()> for Client {}
impl ClientHooks<()> for &Client {}
impl Client {
    /// The request that [`Self::query_read_status`] sends, and nothing sent.
    pub fn query_read_status_request<'a>(
        &'a self,
        access_token: &'a Secret,
        body: &'a types::ReadStatusQuery,
    ) -> ::std::result::Result<::reqwest::Request, RequestError> {}
    /// List the people who have read a robot's group message
    ///
    /// One page of readers. Read-only, so it may be sent again after any failure. Every page is one metered call (KB 1431 to 1433: 20 calls a second for each app and API, and a monthly quota for each organisation). Needs the permission `qyapi_robot_sendmsg`. Either `openConversationId` or `token` must be given; `robotCode` goes with `openConversationId`.
    ///
    /// Sends a `POST` request to `/v1.0/robot/groupMessages/query`
    pub async fn query_read_status<'a>(
        &'a self,
        access_token: &'a Secret,
        body: &'a types::ReadStatusQuery,
    ) -> Result<ResponseValue<types::ReadStatusPage>, Error<types::ErrorBody>> {}
    /// The request that [`Self::send_group_message`] sends, and nothing sent.
    pub fn send_group_message_request<'a>(
        &'a self,
        access_token: &'a Secret,
        body: &'a types::SendGroupMessageRequest,
    ) -> ::std::result::Result<::reqwest::Request, RequestError> {}
    /// Send a robot's message to a group
    ///
    /// Accepts a message; the key says that it was accepted, not that it was delivered. Not idempotent, and there is no field that makes it so: after a timeout, a status of 502 to 504 or a broken connection the message may have been delivered and its key is lost (KB 0716, 0717). Send again only what the server refused. The robot must be published and in the group, and the group must belong to the robot's organisation. Either `openConversationId` with `robotCode` or `token` must be given. Mentions are not supported.
    ///
    /// Sends a `POST` request to `/v1.0/robot/groupMessages/send`
    pub async fn send_group_message<'a>(
        &'a self,
        access_token: &'a Secret,
        body: &'a types::SendGroupMessageRequest,
    ) -> Result<
        ResponseValue<types::SendGroupMessageResponse>,
        Error<types::ErrorBody>,
    > {}
    /// The request that [`Self::recall_group_messages`] sends, and nothing sent.
    pub fn recall_group_messages_request<'a>(
        &'a self,
        access_token: &'a Secret,
        body: &'a types::RecallGroupMessagesRequest,
    ) -> ::std::result::Result<::reqwest::Request, RequestError> {}
    /// Recall messages that a robot sent to a group
    ///
    /// Recalls up to 20 messages of one robot in one conversation. A partial failure is a response of success: each key stands in `successResult` or, with its reason, in `failedResult`, and may stand in neither. Until when a message can be recalled is not documented. May be sent again after any failure (KB 0725).
    ///
    /// Sends a `POST` request to `/v1.0/robot/groupMessages/recall`
    pub async fn recall_group_messages<'a>(
        &'a self,
        access_token: &'a Secret,
        body: &'a types::RecallGroupMessagesRequest,
    ) -> Result<
        ResponseValue<types::RecallGroupMessagesResponse>,
        Error<types::ErrorBody>,
    > {}
    /// The request that [`Self::list_group_members`] sends, and nothing sent.
    pub fn list_group_members_request<'a>(
        &'a self,
        access_token: &'a Secret,
        body: &'a types::GroupMembersQuery,
    ) -> ::std::result::Result<::reqwest::Request, RequestError> {}
    /// List the members of a group
    ///
    /// The members of a group that was made from a template of the app, or that has a cool app of the app installed; any other group is answered `groupPermissionDenied`. Read-only, so it may be sent again after any failure. A group of up to 1,000 members comes in one response whatever `maxResults` says; a larger one in pages, which may be longer or shorter than that (KB 0751). Needs the permission `qyapi_chat_manage`.
    ///
    /// Sends a `POST` request to `/v1.0/im/sceneGroups/members/batchQuery`
    pub async fn list_group_members<'a>(
        &'a self,
        access_token: &'a Secret,
        body: &'a types::GroupMembersQuery,
    ) -> Result<ResponseValue<types::GroupMembersPage>, Error<types::ErrorBody>> {}
    /// The request that [`Self::create_app_access_token`] sends, and nothing sent.
    pub fn create_app_access_token_request<'a>(
        &'a self,
        body: &'a types::AppAccessTokenRequest,
    ) -> ::std::result::Result<::reqwest::Request, RequestError> {}
    /// Get the access token of an internal app
    ///
    /// While the token is valid, the same token comes back and lives longer; after that, a new one (KB 0033). Free of charge, but not to be called often: the vendor throttles it at a rate it does not publish.
    ///
    /// Sends a `POST` request to `/v1.0/oauth2/accessToken`
    pub async fn create_app_access_token<'a>(
        &'a self,
        body: &'a types::AppAccessTokenRequest,
    ) -> Result<ResponseValue<types::AccessToken>, Error<types::ErrorBody>> {}
    /// The request that [`Self::create_corp_access_token`] sends, and nothing sent.
    pub fn create_corp_access_token_request<'a>(
        &'a self,
        body: &'a types::CorpAccessTokenRequest,
    ) -> ::std::result::Result<::reqwest::Request, RequestError> {}
    /// Get the access token of a third-party app for a corp that installed it
    ///
    /// Every call returns a new token (KB 0034); nobody says whether the one before it stays valid. The suite ticket is pushed to the app about every five hours; for custom apps any text will do.
    ///
    /// Sends a `POST` request to `/v1.0/oauth2/corpAccessToken`
    pub async fn create_corp_access_token<'a>(
        &'a self,
        body: &'a types::CorpAccessTokenRequest,
    ) -> Result<ResponseValue<types::AccessToken>, Error<types::ErrorBody>> {}
    /// The request that [`Self::create_token`] sends, and nothing sent.
    pub fn create_token_request<'a>(
        &'a self,
        corp_id: &'a str,
        body: &'a types::TokenRequest,
    ) -> ::std::result::Result<::reqwest::Request, RequestError> {}
    /// Get the access token of an app for a corp, by client credentials
    ///
    /// The unified way, which the vendor recommends: for internal and third-party apps alike (KB 0037). Mind the spelling: this one operation uses snake_case, and `expires_in` instead of `expireIn`.
    ///
    /// Sends a `POST` request to `/v1.0/oauth2/{corpId}/token`
    ///
    /// Arguments:
    /// - `corp_id`: The organisation that the app runs in. Percent-encoded like any path segment.
    /// - `body`
    pub async fn create_token<'a>(
        &'a self,
        corp_id: &'a str,
        body: &'a types::TokenRequest,
    ) -> Result<ResponseValue<types::Token>, Error<types::ErrorBody>> {}
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use super::Client;
}
/// An operation of the contract: what a trace or a metric calls a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operation {
    /// The operation's id in the contract.
    pub id: &'static str,
    /// The method, in capitals.
    pub method: &'static str,
    /// The path's template, with the names of its parameters in braces.
    pub path: &'static str,
}
/// Why a request could not even be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// The text of a header has a character that no header may have, such as a line break.
    Header {
        /// The header's name.
        name: &'static str,
    },
    /// A part of the path is empty, `.` or `..`, which would make it another path.
    Path {
        /// The parameter's name.
        name: &'static str,
    },
    /// A parameter cannot be written in its style.
    Parameter {
        /// The parameter's name.
        name: &'static str,
        /// Why not.
        reason: ::std::string::String,
    },
    /// None of the credentials is complete that the operation asks for.
    Credentials,
    /// The URL or the body could not be written.
    Build(::reqwest::Error),
    /// The body is no form.
    Form(::std::string::String),
}
impl ::std::fmt::Display for RequestError {}
impl ::std::error::Error for RequestError {}
impl ::std::convert::From<::reqwest::Error> for RequestError {}
impl ::std::convert::From<::reqwest::header::InvalidHeaderValue> for RequestError {}
impl ::std::convert::From<::progenitor_client::Error<()>> for RequestError {}
impl<E> ::std::convert::From<RequestError> for ::progenitor_client::Error<E> {}
impl<T> ::serde::de::Visitor<'_> for TextVisitor<T>
where
    T: for<'a> ::std::convert::From<&'a str>
        + ::std::convert::From<::std::string::String>,
{
    type Value = T;
}
/// A text that nobody may see: a token, a password, a key.
///
/// It is not printed ([`Debug`](std::fmt::Debug) says only that there is one, and there is no `Display`), it is wiped
/// from memory when dropped, and comparing two takes the same time wherever they differ. On the wire it is plain text.
#[derive(Clone)]
pub struct Secret();
impl Secret {
    /// The text itself. Whoever asks for it takes care of it.
    pub fn expose(&self) -> &str {}
    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {}
}
impl ::std::convert::From<::std::string::String> for Secret {}
impl ::std::convert::From<&str> for Secret {}
impl ::std::fmt::Debug for Secret {}
impl ::std::cmp::PartialEq for Secret {}
impl ::std::cmp::Eq for Secret {}
impl ::serde::Serialize for Secret {}
impl<'de> ::serde::Deserialize<'de> for Secret {}
/// A number that the contract does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfRange {}
impl ::std::fmt::Display for OutOfRange {}
impl ::std::error::Error for OutOfRange {}
/// The servers of the contract.
pub mod servers {
    /// International. Credentials of one host are not valid on the other.
    pub const INTERNATIONAL: &str = "https://api.dingtalk.io";
    /// China.
    pub const CHINA: &str = "https://api.dingtalk.com";
    /// Those of the whole contract, in its order: the first is the default.
    pub const ALL: &[&str] = &[INTERNATIONAL, CHINA];
}
/// The operations of the contract.
pub mod operations {
    /// List the people who have read a robot's group message.
    pub const QUERY_READ_STATUS: super::Operation = super::Operation {
        id: "queryReadStatus",
        method: "POST",
        path: "/v1.0/robot/groupMessages/query",
    };
    /// Send a robot's message to a group.
    pub const SEND_GROUP_MESSAGE: super::Operation = super::Operation {
        id: "sendGroupMessage",
        method: "POST",
        path: "/v1.0/robot/groupMessages/send",
    };
    /// Recall messages that a robot sent to a group.
    pub const RECALL_GROUP_MESSAGES: super::Operation = super::Operation {
        id: "recallGroupMessages",
        method: "POST",
        path: "/v1.0/robot/groupMessages/recall",
    };
    /// List the members of a group.
    pub const LIST_GROUP_MEMBERS: super::Operation = super::Operation {
        id: "listGroupMembers",
        method: "POST",
        path: "/v1.0/im/sceneGroups/members/batchQuery",
    };
    /// Get the access token of an internal app.
    pub const CREATE_APP_ACCESS_TOKEN: super::Operation = super::Operation {
        id: "createAppAccessToken",
        method: "POST",
        path: "/v1.0/oauth2/accessToken",
    };
    /// Get the access token of a third-party app for a corp that installed it.
    pub const CREATE_CORP_ACCESS_TOKEN: super::Operation = super::Operation {
        id: "createCorpAccessToken",
        method: "POST",
        path: "/v1.0/oauth2/corpAccessToken",
    };
    /// Get the access token of an app for a corp, by client credentials.
    pub const CREATE_TOKEN: super::Operation = super::Operation {
        id: "createToken",
        method: "POST",
        path: "/v1.0/oauth2/{corpId}/token",
    };
    /// All of them, in the order of the contract.
    pub const ALL: &[super::Operation] = &[
        QUERY_READ_STATUS,
        SEND_GROUP_MESSAGE,
        RECALL_GROUP_MESSAGES,
        LIST_GROUP_MEMBERS,
        CREATE_APP_ACCESS_TOKEN,
        CREATE_CORP_ACCESS_TOKEN,
        CREATE_TOKEN,
    ];
}
/// The names of the headers that carry credentials.
pub mod headers {
    /// The header that carries the credential `accessToken`.
    pub const ACCESS_TOKEN: &str = "x-acs-dingtalk-access-token";
}
/// What the contract says about errors: the codes, what each means, and what a client should do.
pub mod errors {
    /// What kind of error it is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ErrorKind {
        /// Something in the request is wrong.
        Argument,
        /// The message, the robot or the conversation is in no state to answer.
        State,
        /// The access token or the app's own credentials are wrong.
        Authentication,
        /// The app may not do this.
        Permission,
        /// Too many calls in a short time.
        Throttling,
        /// The calls that were paid for are used up.
        Quota,
        /// The data is not there yet, or no longer.
        NotReady,
        /// The server failed.
        Unavailable,
    }
    impl ErrorKind {
        /// The word that the contract uses.
        pub const fn as_str(self) -> &'static str {}
    }
    impl ::std::fmt::Display for ErrorKind {}
    /// What a client should do about an error.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Advice {
        /// Do not send the same request again.
        Never,
        /// Send it again after a pause that grows.
        Backoff,
        /// Send it again after a pause that grows, and send less from now on.
        Throttle,
        /// Get a new access token, then send it once more.
        RefreshToken,
        /// It may have been executed; find out before sending it again.
        Verify,
        /// Ask again within a bounded time, if the caller wants to wait.
        Poll,
    }
    impl Advice {
        /// The word that the contract uses.
        pub const fn as_str(self) -> &'static str {}
    }
    impl ::std::fmt::Display for Advice {}
    /// What is known of an error code, a family of codes, or a status.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub struct Meaning {
        /// What kind of error it is.
        pub kind: ErrorKind,
        /// What a client should do.
        pub advice: Advice,
        /// The HTTP statuses it comes with; empty for a family.
        pub statuses: &'static [u16],
        /// The meaning in English.
        pub en: &'static str,
        /// The meaning in Chinese.
        pub zh: &'static str,
    }
    /// An error code. An open set: a code that the contract does not know is kept as it came.
    ///
    /// Codes are the same without regard to case, so `invalidauthentication` *is*
    /// `InvalidAuthentication`. [`ReceivedErrorCode`] also keeps how it was spelled.
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub enum ErrorCode {
        /// `invalidParameter.param.invalid`: A parameter is invalid. Check that none is empty.
        InvalidParameterParamInvalid,
        /// `invalidParameter.robotCode.notExsit`: There is no such robot. Check that the robot is in the group. (The misspelling is the vendor's.)
        InvalidParameterRobotCodeNotExsit,
        /// `invalidParameter.robotCode.missing`: The robot code is missing.
        InvalidParameterRobotCodeMissing,
        /// `invalidParameter.processQueryKey.missing`: The process query key is missing.
        InvalidParameterProcessQueryKeyMissing,
        /// `invalidParameter.cursor.invalid`: The cursor is invalid. Start again from the first page.
        InvalidParameterCursorInvalid,
        /// `invalidParameter.pageSize.invalid`: The page size is over its limit of 200.
        InvalidParameterPageSizeInvalid,
        /// `invalidParameter.invalid`: There is no robot for this webhook token. Check that the robot is in the group.
        InvalidParameterInvalid,
        /// `invalidParameter.robotCode.invalid`: The robot code is invalid.
        InvalidParameterRobotCodeInvalid,
        /// `invalid.openConversationId`: The conversation id is invalid.
        InvalidOpenConversationId,
        /// `openConversationId.notExisted`: The conversation id and the webhook token cannot both be empty.
        OpenConversationIdNotExisted,
        /// `invalid.processQueryKey`: The process query key is invalid.
        InvalidProcessQueryKey,
        /// `bot.stopped`: The group's robot has been stopped.
        BotStopped,
        /// `template.not.existed`: The robot's template does not exist.
        TemplateNotExisted,
        /// `template.stopped`: The robot's template has been stopped.
        TemplateStopped,
        /// `processQueryKey.expireTime`: The message has no read data yet, or no longer. Just after sending, wait; later, it is gone.
        ProcessQueryKeyExpireTime,
        /// `conversation.org.dismatch`: The conversation does not belong to this organisation. (The misspelling is the vendor's.)
        ConversationOrgDismatch,
        /// `resource.not.found`: There is no such robot.
        ResourceNotFound,
        /// `unauthorized`: The app is not authorised to do this.
        Unauthorized,
        /// `auth.error`: The app's rights do not suffice.
        AuthError,
        /// `system.error`: The server failed in a way it does not know. Try again.
        SystemError,
        /// `invalidParameter.robotCode.empty`: The robot code is empty. Check that the robot is in the group.
        InvalidParameterRobotCodeEmpty,
        /// `invalidParameter.robotCode.auth`: The app does not own the robot, or only the cool app may use it.
        InvalidParameterRobotCodeAuth,
        /// `invalidParameter.robotCode.coolApp`: The cool app's code is wrong, belongs to another robot, or is not used in this group.
        InvalidParameterRobotCodeCoolApp,
        /// `resource.unavailable`: The robot has been stopped, or its cool app is not installed.
        ResourceUnavailable,
        /// `conversation.org.notMatch`: The conversation belongs to another organisation.
        ConversationOrgNotMatch,
        /// `send.forbidden`: Sending to this conversation is forbidden.
        SendForbidden,
        /// `bot.forbidden.sendMessage`: The robot has been muted.
        BotForbiddenSendMessage,
        /// `miss.openConversationId`: The conversation id is missing.
        MissOpenConversationId,
        /// `group.disbanded`: The group has been disbanded.
        GroupDisbanded,
        /// `invalidParameter.token.invalid`: The webhook token is not authorised.
        InvalidParameterTokenInvalid,
        /// `token.notExisted`: There is no such webhook token.
        TokenNotExisted,
        /// `ip.not.match`: The caller's address is not allowed by the webhook's security settings.
        IpNotMatch,
        /// `keywords.not.match`: The text has none of the keywords of the webhook's security settings.
        KeywordsNotMatch,
        /// `sign.not.match`: The signature does not match the webhook's security settings.
        SignNotMatch,
        /// `invalidParameter.msgKey.empty`: The message type is missing.
        InvalidParameterMsgKeyEmpty,
        /// `invalidParameter.msgKey.invalid`: There is no such message type.
        InvalidParameterMsgKeyInvalid,
        /// `invalidParameter.msgParam.invalid`: The message's content is not JSON.
        InvalidParameterMsgParamInvalid,
        /// `invalidParameter.msgParam.tooLong`: The message's content is too long.
        InvalidParameterMsgParamTooLong,
        /// `invalidParameter.msgBody.invalid`: The message's body is not JSON.
        InvalidParameterMsgBodyInvalid,
        /// `invalidParameter.msg.unsupport`: The message type is not supported. (The spelling is the vendor's.)
        InvalidParameterMsgUnsupport,
        /// `sendMessage.model.notMatch`: No message model fits the content.
        SendMessageModelNotMatch,
        /// `contain.unsafe.url`: The message has a link that is not safe.
        ContainUnsafeUrl,
        /// `contain.notAllowed.text`: The message has text that is not allowed.
        ContainNotAllowedText,
        /// `contain.notAllowed.picture`: The message has a picture that is not allowed.
        ContainNotAllowedPicture,
        /// `contain.notAllowed.content`: The message has content that is not allowed.
        ContainNotAllowedContent,
        /// `only.groupAdmin.canAtAll`: Only the group's owner may mention everyone.
        OnlyGroupAdminCanAtAll,
        /// `send.too.fast`: The robot sends too fast. The message was not sent.
        SendTooFast,
        /// `send.byToken.tooFast`: Too many messages by this webhook token. The message was not sent.
        SendByTokenTooFast,
        /// `too.many.group`: Too many messages to groups. The message was not sent.
        TooManyGroup,
        /// `too.many.people`: Too many messages to people. The message was not sent.
        TooManyPeople,
        /// `invalidParameter.userIds.empty`: The list of receivers is empty. (A code of a sister operation.)
        InvalidParameterUserIdsEmpty,
        /// `invalidParameter.userIds.overMax`: The list of receivers is too long. (A code of a sister operation.)
        InvalidParameterUserIdsOverMax,
        /// `invalidParameter.userId.empty`: The user id is missing. (A code of a sister operation.)
        InvalidParameterUserIdEmpty,
        /// `staffId.notExisted`: There is no such user. (A code of a sister operation.)
        StaffIdNotExisted,
        /// `illegal.receivers`: The list of receivers is not allowed. (A code of a sister operation.)
        IllegalReceivers,
        /// `receivers.exceed`: There are too many receivers. (A code of a sister operation.)
        ReceiversExceed,
        /// `illegal.excludes`: The list of people to leave out is not allowed. (A code of a sister operation.)
        IllegalExcludes,
        /// `chatbotId.notAllow.sendOTO`: The robot may not send to single people. (A code of a sister operation.)
        ChatbotIdNotAllowSendOto,
        /// `robot.oto.notExist`: The robot has no conversation with this person. (A code of a sister operation.)
        RobotOtoNotExist,
        /// `session.notExisted`: There is no such session. (A code of a sister operation.)
        SessionNotExisted,
        /// `session.expired`: The session has expired. (A code of a sister operation.)
        SessionExpired,
        /// `unknown.send.result`: The result of sending is not known. The message may have been delivered.
        UnknownSendResult,
        /// `send.ding.exception`: Sending failed in a way that is not known. The message may have been delivered.
        SendDingException,
        /// `miss.param.text`: The message lacks the text.
        MissParamText,
        /// `miss.param.contentOfText`: The message lacks the content of the text.
        MissParamContentOfText,
        /// `miss.param.link`: The message lacks the link.
        MissParamLink,
        /// `miss.param.textOfLink`: The message lacks the text of the link.
        MissParamTextOfLink,
        /// `miss.param.titleOfLink`: The message lacks the title of the link.
        MissParamTitleOfLink,
        /// `miss.param.messageUrlOfLink`: The message lacks the address of the link.
        MissParamMessageUrlOfLink,
        /// `miss.param.markdown`: The message lacks the Markdown.
        MissParamMarkdown,
        /// `miss.param.markdownTotitle`: The message lacks the title of the Markdown.
        MissParamMarkdownTotitle,
        /// `miss.param.markdownTotext`: The message lacks the text of the Markdown.
        MissParamMarkdownTotext,
        /// `miss.param.actionCard`: The message lacks the card.
        MissParamActionCard,
        /// `miss.param.actionCardTotitle`: The message lacks the title of the card.
        MissParamActionCardTotitle,
        /// `miss.param.actionCardTotext`: The message lacks the text of the card.
        MissParamActionCardTotext,
        /// `miss.param.actionCardTosingleTitle`: The message lacks the title of the card's button.
        MissParamActionCardTosingleTitle,
        /// `miss.param.actionCardTosingleUrl`: The message lacks the address of the card's button.
        MissParamActionCardTosingleUrl,
        /// `miss.param.actionCardTobtns`: The message lacks the card's buttons.
        MissParamActionCardTobtns,
        /// `miss.param.actionCardTobtnsTotitle`: The message lacks the title of one of the card's buttons.
        MissParamActionCardTobtnsTotitle,
        /// `miss.param.actionCardTobtnsToactionUrl`: The message lacks the address of one of the card's buttons.
        MissParamActionCardTobtnsToactionUrl,
        /// `miss.param.feedCard`: The message lacks the feed card.
        MissParamFeedCard,
        /// `miss.param.feedCardTolinks`: The message lacks the feed card's links.
        MissParamFeedCardTolinks,
        /// `miss.param.feedCardTolinksTotitle`: The message lacks the title of one of the feed card's links.
        MissParamFeedCardTolinksTotitle,
        /// `miss.param.feedCardTolinksTomessageUrl`: The message lacks the address of one of the feed card's links.
        MissParamFeedCardTolinksTomessageUrl,
        /// `miss.param.feedCardTolinksTopicUrl`: The message lacks the picture of one of the feed card's links.
        MissParamFeedCardTolinksTopicUrl,
        /// `miss.param.photo`: The message lacks the photo.
        MissParamPhoto,
        /// `miss.param.photoTophotoUrl`: The message lacks the address of the photo.
        MissParamPhotoTophotoUrl,
        /// `miss.param.image`: The message lacks the picture.
        MissParamImage,
        /// `miss.param.imageTopicUrl`: The message lacks the address of the picture.
        MissParamImageTopicUrl,
        /// `miss.param.beautifulCard`: The message lacks the picture card.
        MissParamBeautifulCard,
        /// `miss.param.beautifulCardToimage`: The message lacks the image of the picture card.
        MissParamBeautifulCardToimage,
        /// `miss.param.beautifulCardTotitle`: The message lacks the title of the picture card.
        MissParamBeautifulCardTotitle,
        /// `miss.param.beautifulCardToactionUrl`: The message lacks the address of the picture card.
        MissParamBeautifulCardToactionUrl,
        /// `miss.param.beautifulCardTointroduction`: The message lacks the introduction of the picture card.
        MissParamBeautifulCardTointroduction,
        /// `miss.param.file`: The message lacks the file.
        MissParamFile,
        /// `miss.param.video`: The message lacks the video.
        MissParamVideo,
        /// `miss.param.audio`: The message lacks the audio.
        MissParamAudio,
        /// `invalid.param.actionCardTobtnOrientation`: The orientation of the card's buttons is wrong.
        InvalidParamActionCardTobtnOrientation,
        /// `invalid.param.actionCardTocanForward`: The value that lets a card be forwarded is wrong.
        InvalidParamActionCardTocanForward,
        /// `invalidParameter.robotCode`: The robot code is invalid. Check that the robot is in the group.
        InvalidParameterRobotCode,
        /// `miss.chatbotId`: The robot code is missing.
        MissChatbotId,
        /// `not.allowed.robotCode`: The robot did not send the message, or may not recall it.
        NotAllowedRobotCode,
        /// `invalidParameter.processQueryKeys.overMax`: There are more than 20 process query keys.
        InvalidParameterProcessQueryKeysOverMax,
        /// `groupPermissionDenied`: The app may not see this group: it was not made from the app's template and has no cool app of the app. Use a list of your own.
        GroupPermissionDenied,
        /// `groupTemplatePermissionDenied`: The group's template does not belong to the app.
        GroupTemplatePermissionDenied,
        /// `coolAppUninstalled`: The cool app is not installed in the group.
        CoolAppUninstalled,
        /// `coolAppUnexist`: There is no such cool app.
        CoolAppUnexist,
        /// `coolAppPermissionDenied`: The cool app does not belong to the app.
        CoolAppPermissionDenied,
        /// `paramIllegal`: A parameter is not allowed.
        ParamIllegal,
        /// `paramBlank`: A parameter is empty.
        ParamBlank,
        /// `cidEncryptError`: The conversation id is invalid.
        CidEncryptError,
        /// `permession.checkFailed`: The group's owner is outside the range that the app may see. (The misspelling is the vendor's.)
        PermessionCheckFailed,
        /// `systemError`: The server failed in a way it does not know. Try again.
        SystemError2,
        /// `InvalidAuthentication`: The access token is unknown or has expired.
        InvalidAuthentication,
        /// `AuthenticationFailed.MissingParameter`: The access token's header is missing.
        AuthenticationFailedMissingParameter,
        /// `Forbidden.AccessDenied.AccessTokenPermissionDenied`: The app lacks a permission that this operation needs, or the token is of the wrong kind.
        ForbiddenAccessDeniedAccessTokenPermissionDenied,
        /// `Forbidden.AccessDenied.IpNotInWhiteList`: The caller's address is not in the app's list of allowed addresses.
        ForbiddenAccessDeniedIpNotInWhiteList,
        /// `Forbidden.AccessDenied.QpsLimitForAppkeyAndApi`: The app called this operation too often in one second.
        ForbiddenAccessDeniedQpsLimitForAppkeyAndApi,
        /// `Forbidden.AccessDenied.QpsLimitForApi`: All apps together called this operation too often in one second. Frequent at the full hour.
        ForbiddenAccessDeniedQpsLimitForApi,
        /// `Forbidden.AccessDenied.QpsLimitForSuitekeyAndOrgAndApi`: The third-party app called this operation too often in one second for this organisation.
        ForbiddenAccessDeniedQpsLimitForSuitekeyAndOrgAndApi,
        /// `Forbidden.AccessDenied.QpmLimitForAppkeyAndApi`: The app called this operation too often in one minute.
        ForbiddenAccessDeniedQpmLimitForAppkeyAndApi,
        /// `Forbidden.AccessDenied.QpmLimitForSuitekeyAndOrgAndApi`: The third-party app called this operation too often in one minute for this organisation.
        ForbiddenAccessDeniedQpmLimitForSuitekeyAndOrgAndApi,
        /// `Forbidden.AccessDenied.ApiCountLimitForOrg`: The organisation has used up its calls of this month (KB 1433).
        ForbiddenAccessDeniedApiCountLimitForOrg,
        /// `ServiceUnavailable`: A passing failure of the server (seen). Try again.
        ServiceUnavailable,
        /// `Missingbody`: The request has no body, or not the content type of JSON (seen).
        Missingbody,
        /// `Invalidbody`: The request's body is not valid JSON (seen).
        Invalidbody,
        /// `MissingprocessQueryKey`: The request lacks the process query key.
        MissingprocessQueryKey,
        /// `InvalidAction.NotFound`: There is no such operation. Check the base URL.
        InvalidActionNotFound,
        /// `invalidClientIdOrSecret`: The app key or the app secret is wrong.
        InvalidClientIdOrSecret,
        /// `invalidSuiteKey`: The suite key is wrong.
        InvalidSuiteKey,
        /// `invalidSuiteTicket`: The suite ticket is wrong or has expired.
        InvalidSuiteTicket,
        /// `invalidAuthInfo`: The corp has not installed the third-party app, or the suite's secret is wrong.
        InvalidAuthInfo,
        /// `invalid.client`: The client id or the client secret is wrong.
        InvalidClient,
        /// `unauthorized.client`: The client may not get a token for this corp.
        UnauthorizedClient,
        /// `unsupported.grant.type`: The grant type is not supported.
        UnsupportedGrantType,
        /// `server.error`: The token server failed. Try again.
        ServerError,
        /// A code that the contract does not know.
        Unknown(::std::string::String),
    }
    impl ErrorCode {
        /// The codes that the contract knows.
        pub const KNOWN: &'static [Self] = &[
            Self::InvalidParameterParamInvalid,
            Self::InvalidParameterRobotCodeNotExsit,
            Self::InvalidParameterRobotCodeMissing,
            Self::InvalidParameterProcessQueryKeyMissing,
            Self::InvalidParameterCursorInvalid,
            Self::InvalidParameterPageSizeInvalid,
            Self::InvalidParameterInvalid,
            Self::InvalidParameterRobotCodeInvalid,
            Self::InvalidOpenConversationId,
            Self::OpenConversationIdNotExisted,
            Self::InvalidProcessQueryKey,
            Self::BotStopped,
            Self::TemplateNotExisted,
            Self::TemplateStopped,
            Self::ProcessQueryKeyExpireTime,
            Self::ConversationOrgDismatch,
            Self::ResourceNotFound,
            Self::Unauthorized,
            Self::AuthError,
            Self::SystemError,
            Self::InvalidParameterRobotCodeEmpty,
            Self::InvalidParameterRobotCodeAuth,
            Self::InvalidParameterRobotCodeCoolApp,
            Self::ResourceUnavailable,
            Self::ConversationOrgNotMatch,
            Self::SendForbidden,
            Self::BotForbiddenSendMessage,
            Self::MissOpenConversationId,
            Self::GroupDisbanded,
            Self::InvalidParameterTokenInvalid,
            Self::TokenNotExisted,
            Self::IpNotMatch,
            Self::KeywordsNotMatch,
            Self::SignNotMatch,
            Self::InvalidParameterMsgKeyEmpty,
            Self::InvalidParameterMsgKeyInvalid,
            Self::InvalidParameterMsgParamInvalid,
            Self::InvalidParameterMsgParamTooLong,
            Self::InvalidParameterMsgBodyInvalid,
            Self::InvalidParameterMsgUnsupport,
            Self::SendMessageModelNotMatch,
            Self::ContainUnsafeUrl,
            Self::ContainNotAllowedText,
            Self::ContainNotAllowedPicture,
            Self::ContainNotAllowedContent,
            Self::OnlyGroupAdminCanAtAll,
            Self::SendTooFast,
            Self::SendByTokenTooFast,
            Self::TooManyGroup,
            Self::TooManyPeople,
            Self::InvalidParameterUserIdsEmpty,
            Self::InvalidParameterUserIdsOverMax,
            Self::InvalidParameterUserIdEmpty,
            Self::StaffIdNotExisted,
            Self::IllegalReceivers,
            Self::ReceiversExceed,
            Self::IllegalExcludes,
            Self::ChatbotIdNotAllowSendOto,
            Self::RobotOtoNotExist,
            Self::SessionNotExisted,
            Self::SessionExpired,
            Self::UnknownSendResult,
            Self::SendDingException,
            Self::MissParamText,
            Self::MissParamContentOfText,
            Self::MissParamLink,
            Self::MissParamTextOfLink,
            Self::MissParamTitleOfLink,
            Self::MissParamMessageUrlOfLink,
            Self::MissParamMarkdown,
            Self::MissParamMarkdownTotitle,
            Self::MissParamMarkdownTotext,
            Self::MissParamActionCard,
            Self::MissParamActionCardTotitle,
            Self::MissParamActionCardTotext,
            Self::MissParamActionCardTosingleTitle,
            Self::MissParamActionCardTosingleUrl,
            Self::MissParamActionCardTobtns,
            Self::MissParamActionCardTobtnsTotitle,
            Self::MissParamActionCardTobtnsToactionUrl,
            Self::MissParamFeedCard,
            Self::MissParamFeedCardTolinks,
            Self::MissParamFeedCardTolinksTotitle,
            Self::MissParamFeedCardTolinksTomessageUrl,
            Self::MissParamFeedCardTolinksTopicUrl,
            Self::MissParamPhoto,
            Self::MissParamPhotoTophotoUrl,
            Self::MissParamImage,
            Self::MissParamImageTopicUrl,
            Self::MissParamBeautifulCard,
            Self::MissParamBeautifulCardToimage,
            Self::MissParamBeautifulCardTotitle,
            Self::MissParamBeautifulCardToactionUrl,
            Self::MissParamBeautifulCardTointroduction,
            Self::MissParamFile,
            Self::MissParamVideo,
            Self::MissParamAudio,
            Self::InvalidParamActionCardTobtnOrientation,
            Self::InvalidParamActionCardTocanForward,
            Self::InvalidParameterRobotCode,
            Self::MissChatbotId,
            Self::NotAllowedRobotCode,
            Self::InvalidParameterProcessQueryKeysOverMax,
            Self::GroupPermissionDenied,
            Self::GroupTemplatePermissionDenied,
            Self::CoolAppUninstalled,
            Self::CoolAppUnexist,
            Self::CoolAppPermissionDenied,
            Self::ParamIllegal,
            Self::ParamBlank,
            Self::CidEncryptError,
            Self::PermessionCheckFailed,
            Self::SystemError2,
            Self::InvalidAuthentication,
            Self::AuthenticationFailedMissingParameter,
            Self::ForbiddenAccessDeniedAccessTokenPermissionDenied,
            Self::ForbiddenAccessDeniedIpNotInWhiteList,
            Self::ForbiddenAccessDeniedQpsLimitForAppkeyAndApi,
            Self::ForbiddenAccessDeniedQpsLimitForApi,
            Self::ForbiddenAccessDeniedQpsLimitForSuitekeyAndOrgAndApi,
            Self::ForbiddenAccessDeniedQpmLimitForAppkeyAndApi,
            Self::ForbiddenAccessDeniedQpmLimitForSuitekeyAndOrgAndApi,
            Self::ForbiddenAccessDeniedApiCountLimitForOrg,
            Self::ServiceUnavailable,
            Self::Missingbody,
            Self::Invalidbody,
            Self::MissingprocessQueryKey,
            Self::InvalidActionNotFound,
            Self::InvalidClientIdOrSecret,
            Self::InvalidSuiteKey,
            Self::InvalidSuiteTicket,
            Self::InvalidAuthInfo,
            Self::InvalidClient,
            Self::UnauthorizedClient,
            Self::UnsupportedGrantType,
            Self::ServerError,
        ];
        /// The code, as the contract spells it.
        pub fn as_str(&self) -> &str {}
        /// What is known about the code: its own entry, or that of its family.
        pub fn meaning(&self) -> ::std::option::Option<&'static Meaning> {}
        /// Whether the contract does not know the code itself (though it may know its family).
        pub const fn is_unknown(&self) -> bool {}
    }
    /// What a status means when no error code says more. `None`: the contract says nothing about it.
    pub fn for_status(status: u16) -> ::std::option::Option<&'static Meaning> {}
    impl ErrorCode {
        /// What kind of error it is; `None` if the contract knows neither the code nor its family.
        pub fn kind(&self) -> ::std::option::Option<ErrorKind> {}
        /// What a client should do; `None` if the contract knows neither the code nor its family.
        pub fn advice(&self) -> ::std::option::Option<Advice> {}
        /// The HTTP statuses that the code comes with, as far as the contract knows.
        pub fn statuses(&self) -> &'static [u16] {}
        /// The meaning in English.
        pub fn meaning_en(&self) -> ::std::option::Option<&'static str> {}
        /// The meaning in Chinese.
        pub fn meaning_zh(&self) -> ::std::option::Option<&'static str> {}
    }
    impl ::std::convert::From<&str> for ErrorCode {}
    impl ::std::convert::From<::std::string::String> for ErrorCode {}
    impl ::std::str::FromStr for ErrorCode {
        type Err = ::std::convert::Infallible;
    }
    impl ::std::fmt::Display for ErrorCode {}
    impl ::std::cmp::PartialEq for ErrorCode {}
    impl ::std::cmp::Eq for ErrorCode {}
    impl ::std::hash::Hash for ErrorCode {}
    /// An error code as it was received: the [`ErrorCode`] that it is, and how it was spelled.
    ///
    /// It is equal to its code whatever the case, and prints as it came.
    #[derive(Clone)]
    pub struct ReceivedErrorCode {}
    impl ReceivedErrorCode {
        /// The code.
        pub fn code(&self) -> &ErrorCode {}
        /// The code alone.
        pub fn into_code(self) -> ErrorCode {}
        /// The text as it came.
        pub fn as_str(&self) -> &str {}
    }
    impl ::std::ops::Deref for ReceivedErrorCode {
        type Target = ErrorCode;
    }
    impl ::std::convert::From<&str> for ReceivedErrorCode {}
    impl ::std::convert::From<::std::string::String> for ReceivedErrorCode {}
    impl ::std::convert::From<ErrorCode> for ReceivedErrorCode {}
    impl ::std::fmt::Display for ReceivedErrorCode {}
    impl ::std::fmt::Debug for ReceivedErrorCode {}
    impl ::std::cmp::PartialEq for ReceivedErrorCode {}
    impl ::std::cmp::Eq for ReceivedErrorCode {}
    impl ::std::cmp::PartialEq<ErrorCode> for ReceivedErrorCode {}
    impl ::std::cmp::PartialEq<ReceivedErrorCode> for ErrorCode {}
    impl ::std::hash::Hash for ReceivedErrorCode {}
    impl ::serde::Serialize for ReceivedErrorCode {}
    impl<'de> ::serde::Deserialize<'de> for ReceivedErrorCode {}
}
/// The version of the contract that this was generated from.
pub const CONTRACT_VERSION: &str = "0.2.0";

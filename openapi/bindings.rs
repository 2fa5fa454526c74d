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
/// Who has read a message that a robot sent to a group, one page of readers at a time, and the three ways to get the access token that the query needs. Maintained by hand from the vendor's documentation and SDKs; not an official document of DingTalk.
///
/// Version: 0.1.0
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
pub const CONTRACT_VERSION: &str = "0.1.0";

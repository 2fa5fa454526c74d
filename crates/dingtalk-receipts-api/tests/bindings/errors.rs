//! What the contract says about error codes.

use dingtalk_receipts_api::errors::{Advice, ErrorCode, ErrorKind, ReceivedErrorCode, for_status};
use dingtalk_receipts_api::types::ErrorBody;

#[test]
fn a_code_is_the_same_in_any_case_and_prints_as_it_came() {
    let body: ErrorBody = serde_json::from_str(r#"{"code":"InvalidAUTHENTICATION"}"#).unwrap();
    let code = body.code.clone().unwrap();
    assert_eq!(code, ErrorCode::InvalidAuthentication);
    assert!(matches!(code.code(), ErrorCode::InvalidAuthentication));
    assert_eq!(code.to_string(), "InvalidAUTHENTICATION");
    assert_eq!(code.code().to_string(), "InvalidAuthentication");
    assert_eq!(
        serde_json::to_string(&body).unwrap(),
        r#"{"code":"InvalidAUTHENTICATION"}"#
    );
}

#[test]
fn every_known_code_has_a_meaning_and_comes_back_from_its_text() {
    assert!(ErrorCode::KNOWN.len() >= 43);
    for code in ErrorCode::KNOWN {
        assert!(!code.is_unknown());
        let meaning = code.meaning().unwrap();
        assert!(!meaning.en.is_empty() && !meaning.zh.is_empty() && !meaning.statuses.is_empty());
        for text in [code.as_str().to_owned(), code.as_str().to_uppercase()] {
            assert_eq!(ErrorCode::from(text.as_str()), *code);
            assert_eq!(ReceivedErrorCode::from(text.clone()).as_str(), text);
        }
    }
}

#[test]
fn advice_is_what_the_contract_says() {
    let advice = |code: &str| ErrorCode::from(code).advice();
    assert_eq!(advice("InvalidAuthentication"), Some(Advice::RefreshToken));
    assert_eq!(advice("processQueryKey.expireTime"), Some(Advice::Poll));
    assert_eq!(advice("system.error"), Some(Advice::Backoff));
    assert_eq!(
        advice("invalidParameter.cursor.invalid"),
        Some(Advice::Never)
    );
    assert_eq!(
        advice("Forbidden.AccessDenied.QpsLimitForApi"),
        Some(Advice::Throttle)
    );
}

#[test]
fn an_unknown_code_means_what_its_family_means() {
    let code = ErrorCode::from("forbidden.accessdenied.QPSLIMITForSomethingNew");
    assert!(code.is_unknown());
    assert_eq!(
        (code.kind(), code.advice()),
        (Some(ErrorKind::Throttling), Some(Advice::Throttle))
    );
    assert_eq!(
        ErrorCode::from("Forbidden.AccessDenied.Else").kind(),
        Some(ErrorKind::Permission)
    );
    assert_eq!(
        ErrorCode::from("MissinguserIds").kind(),
        Some(ErrorKind::Argument)
    );
    assert_eq!(ErrorCode::from("not.in.any.family").meaning(), None);
    assert_eq!(ErrorCode::from("").meaning(), None);
    // A code is cut nowhere but between bytes that were compared.
    assert_eq!(ErrorCode::from("消息Missing").meaning(), None);
}

#[test]
fn equal_codes_mean_the_same_however_they_were_made() {
    let made = ErrorCode::Unknown("SYSTEM.ERROR".to_owned());
    assert_eq!(made, ErrorCode::SystemError);
    assert_eq!(made.meaning(), ErrorCode::SystemError.meaning());
}

#[test]
fn a_status_has_a_meaning_of_its_own() {
    assert_eq!(for_status(504).unwrap().advice, Advice::Backoff);
    assert_eq!(for_status(401).unwrap().advice, Advice::RefreshToken);
    assert_eq!(for_status(418), None);
}

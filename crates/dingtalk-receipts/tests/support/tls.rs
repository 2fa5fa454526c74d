//! Certificates made for the test.

use dingtalk_receipts_sandbox::{Sandbox, Tls};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};

/// An authority of the test's own.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate with its key.
pub(crate) struct Identity {
    chain: String,
    key: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        // Named unlike what it issues: a certificate whose subject is its issuer's counts as signed by itself.
        params
            .distinguished_name
            .push(DnType::CommonName, "authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self {
            issuer: CertifiedIssuer::self_signed(params, key).unwrap(),
        }
    }

    pub(crate) fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A certificate for `host`; one that has expired if so said.
    pub(crate) fn issue(&self, host: &str, expired: bool) -> Identity {
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        if expired {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2001, 2, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity {
            chain: certificate.pem(),
            key: key.serialize_pem(),
        }
    }
}

impl Identity {
    /// Chain and key in one text.
    pub(crate) fn pem(&self) -> String {
        format!("{}{}", self.chain, self.key)
    }

    /// Chain and key.
    pub(crate) fn parts(&self) -> (&str, &str) {
        (&self.chain, &self.key)
    }

    /// What a server needs of it.
    pub(crate) fn server(&self) -> Tls {
        Tls::new(&*self.chain, &*self.key)
    }
}

/// A sandbox of three readers behind TLS.
pub(crate) async fn sandbox(tls: Tls) -> Sandbox {
    Sandbox::demo(3).tls(tls).start().await.unwrap()
}

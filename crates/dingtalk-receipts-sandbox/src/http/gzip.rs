//! Packed bodies: whole, corrupt, and far larger than they look.

use std::io::Write as _;

use bytes::{BufMut as _, Bytes, BytesMut};
use flate2::write::GzEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress};

/// How many bytes one block of a bomb unpacks to.
const BLOCK: u64 = 1 << 20;

/// `body`, packed.
pub(crate) fn pack(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(body);
    Bytes::from(encoder.finish().unwrap_or_default())
}

/// The start of a gzip stream, and then nonsense.
pub(crate) fn corrupt() -> Bytes {
    let mut bytes = BytesMut::from(&pack(b"{\"sendStatus\":\"SUCCESS\",\"readUserIds\":[]}")[..]);
    for byte in bytes.iter_mut().skip(12) {
        *byte = !*byte;
    }
    bytes.freeze()
}

/// A valid gzip stream of `size` blanks, rounded up to whole blocks. Blocks after a full flush do not refer to each
/// other, so one is packed and then repeated.
pub(crate) fn bomb(size: u64) -> Bytes {
    let blocks = size.div_ceil(BLOCK).max(1);
    let plain = vec![b' '; usize::try_from(BLOCK).unwrap_or_default()];
    let mut block = Vec::with_capacity(64 * 1024);
    let mut compress = Compress::new(Compression::best(), false);
    // The capacity is far above what a block of blanks packs to.
    let _ = compress.compress_vec(&plain, &mut block, FlushCompress::Full);
    let mut block_crc = Crc::new();
    block_crc.update(&plain);
    let mut crc = Crc::new();
    let mut bytes = BytesMut::new();
    // The ten bytes of a header without name and time; 8 is deflate, 255 an unknown system.
    bytes.put_slice(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    for _ in 0..blocks {
        bytes.put_slice(&block);
        crc.combine(&block_crc);
    }
    // The last block: final, of fixed codes, and empty.
    bytes.put_slice(&[0x03, 0x00]);
    bytes.put_u32_le(crc.sum());
    bytes.put_u32_le(crc.amount());
    bytes.freeze()
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, copy, sink};

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn a_bomb_is_valid_gzip_and_small() {
        let packed = bomb(64 << 20);
        assert!(packed.len() < 128 * 1024, "{} bytes", packed.len());
        assert_eq!(
            copy(&mut GzDecoder::new(&packed[..]), &mut sink()).unwrap(),
            64 << 20
        );
    }

    #[test]
    fn corrupt_gzip_does_not_unpack() {
        assert!(
            GzDecoder::new(&corrupt()[..])
                .read_to_end(&mut Vec::new())
                .is_err()
        );
    }
}

import CCrypto

/// SHA-256 over bytes that come in pieces.
final class Checksum {
    private let context: OpaquePointer

    init() {
        context = EVP_MD_CTX_new()
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
    }

    deinit { EVP_MD_CTX_free(context) }

    func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest so far, in hexadecimal; more bytes may follow.
    ///
    /// - Parameter more: Bytes that are taken as if they came next, and are forgotten again.
    func value(with more: [UInt8] = []) -> String {
        guard let copy = EVP_MD_CTX_new() else { return "" }
        defer { EVP_MD_CTX_free(copy) }
        EVP_MD_CTX_copy_ex(copy, context)
        if !more.isEmpty { EVP_DigestUpdate(copy, more, more.count) }
        var digest = [UInt8](repeating: 0, count: 32)
        EVP_DigestFinal_ex(copy, &digest, nil)
        return hexadecimal(digest)
    }
}

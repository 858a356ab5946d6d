import Platform

/// A secret that the configuration names the file of.
enum SecretFile {
    /// Far more than any secret.
    private static let limitBytes = 4096

    /// What was written, without the blanks around it: editors end a file with a line break, which is no
    /// part of the secret.
    ///
    /// - Parameter key: the key that names the file, for whoever has to mend it.
    static func read(_ path: String, key: String) throws(ListenerError) -> String {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try WholeFile.read(path, limitBytes: limitBytes)
        } catch {
            throw .secretUnreadable(key: key, error)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let secret = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        guard !secret.isEmpty else { throw .secretEmpty(key: key, path: path) }
        return String(secret)
    }
}

import SystemPackage

#if canImport(Glibc)
    import Glibc

    // These belong to glibc and Linux, but are hidden from Swift, as Swift does not define `_GNU_SOURCE`.

    /// `POSIX_SPAWN_SETSID` of glibc's `spawn.h`: the program starts in a session of its own.
    let spawnInOwnSession: Int16 = 0x80
    /// Linux has no flag that keeps other descriptors out; they are closed one by one.
    let spawnClosesDescriptors: Int16 = 0
#elseif canImport(Musl)
    import Musl

    /// `POSIX_SPAWN_SETSID` of musl's `spawn.h`: the program starts in a session of its own.
    let spawnInOwnSession: Int16 = 0x80
    /// Linux has no flag that keeps other descriptors out; they are closed one by one.
    let spawnClosesDescriptors: Int16 = 0
#else
    import Darwin

    /// The program starts in a session of its own.
    let spawnInOwnSession = Int16(POSIX_SPAWN_SETSID)
    /// Only the descriptors that are named reach the program.
    let spawnClosesDescriptors = Int16(POSIX_SPAWN_CLOEXEC_DEFAULT)
#endif

/// Tells a run of the machine from the one before; nil where nothing does.
func bootIdentity() -> String? {
    #if canImport(Darwin)
        var text = [CChar](repeating: 0, count: 64)
        var size = text.count
        guard sysctlbyname("kern.bootsessionuuid", &text, &size, nil, 0) == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #else
        do {
            // "random(4)"
            let text = try contents(of: "/proc/sys/kernel/random/boot_id")
            return String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self)
        } catch {
            return nil
        }
    #endif
}

/// Waits a few milliseconds before something is looked at again.
func pause(milliseconds: UInt32) {
    usleep(milliseconds * 1000)
}

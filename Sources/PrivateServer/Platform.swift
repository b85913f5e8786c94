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

/// Waits a few milliseconds before something is looked at again.
func pause(milliseconds: UInt32) {
    usleep(milliseconds * 1000)
}

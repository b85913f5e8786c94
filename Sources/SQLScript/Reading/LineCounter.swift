/// Turns offsets into lines and columns, by looking at each byte once, and only when a place is asked for or forgotten.
struct LineCounter {
    private(set) var offset = 0
    private var line = 1
    private var column = 1

    /// Counts up to `target`, which must not lie before the last one.
    mutating func advance(to target: Int, in window: ScriptWindow, encoding: ScriptEncoding) {
        guard target > offset else { return }
        let bytes = window.bytes
        var last = -1
        let newlines = Self.count(bytes, from: offset, to: target, last: &last)
        if newlines > 0 {
            line += newlines
            column = 1
            offset = last + 1
        }
        column += Self.characters(bytes, from: offset, to: target, encoding: encoding)
        offset = target
    }

    /// Counts most of what stands before `target`, which is about to be forgotten, and stops between two characters.
    /// - Returns: the first byte that must still be kept.
    mutating func pass(_ target: Int, in window: ScriptWindow, encoding: ScriptEncoding) -> Int {
        guard encoding.hasDeceptiveTrails else {
            advance(to: target, in: window, encoding: encoding)
            return target
        }
        let bytes = window.bytes
        while offset + 4 <= target {
            if bytes[offset] == 0x0A {
                line += 1
                column = 1
                offset += 1
            } else {
                column += 1
                offset += encoding.characterLength(bytes + offset)
            }
        }
        return min(target, offset)
    }

    var position: ScriptPosition {
        ScriptPosition(offset: offset, line: line, column: column)
    }

    private static func count(_ bytes: UnsafePointer<UInt8>, from: Int, to: Int, last: inout Int) -> Int {
        var index = from
        var total = 0
        let newline = SIMD32<UInt8>(repeating: 0x0A)
        // Sums of at most 255 blocks, so that no lane overflows.
        while to - index >= 32 {
            var sums = SIMD32<UInt8>(repeating: 0)
            let stop = index + min((to - index) / 32, 255) * 32
            while index < stop {
                let block = UnsafeRawPointer(bytes + index).loadUnaligned(as: SIMD32<UInt8>.self)
                // A lane that is equal is all ones, which is minus one.
                sums = sums &- unsafeBitCast(block .== newline, to: SIMD32<UInt8>.self)
                index += 32
            }
            for lane in 0..<32 { total += Int(sums[lane]) }
        }
        while index < to {
            if bytes[index] == 0x0A { total += 1 }
            index += 1
        }
        if total > 0 {
            index = to - 1
            while bytes[index] != 0x0A { index -= 1 }
            last = index
        }
        return total
    }

    private static func characters(
        _ bytes: UnsafePointer<UInt8>, from: Int, to: Int, encoding: ScriptEncoding
    ) -> Int {
        switch encoding.shape {
        case .singleByte: return to - from
        case .utf8:
            var total = 0
            for index in from..<to where bytes[index] & 0xC0 != 0x80 { total += 1 }
            return total
        case .sjis, .gbk, .gb18030, .big5, .euckr:
            var index = from
            var total = 0
            while index < to {
                index += encoding.characterLength(bytes + index)
                total += 1
            }
            return total
        }
    }
}

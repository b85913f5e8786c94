import CXML

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// libxml2, loaded when a file of XML is there to be read. Together with the ICU that it wants, it would add a
/// millisecond to every start of a program that as a rule has none.
struct XMLLibrary {
    // The types are those of the headers.
    typealias Read =
        @convention(c) (
            xmlParserCtxtPtr?, UnsafePointer<CChar>?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, Int32
        ) -> xmlDocPtr?

    let newContext: @convention(c) () -> xmlParserCtxtPtr?
    let freeContext: @convention(c) (xmlParserCtxtPtr?) -> Void
    let stop: @convention(c) (xmlParserCtxtPtr?) -> Void
    let read: Read
    let freeDocument: @convention(c) (xmlDocPtr?) -> Void
    let root: @convention(c) (xmlDocPtr?) -> xmlNodePtr?
    let line: @convention(c) (xmlNodePtr?) -> Int

    /// Nil if it is not installed.
    static let shared = XMLLibrary()

    /// The library that belongs to the headers.
    static let name = LIBXML_FILE

    private init?() {
        guard let library = dlopen(Self.name, RTLD_NOW) else { return nil }
        func function<Function>(_ name: String) -> Function? {
            dlsym(library, name).map { unsafeBitCast($0, to: Function.self) }
        }
        guard let newContext: @convention(c) () -> xmlParserCtxtPtr? = function("xmlNewParserCtxt"),
            let freeContext: @convention(c) (xmlParserCtxtPtr?) -> Void = function("xmlFreeParserCtxt"),
            let stop: @convention(c) (xmlParserCtxtPtr?) -> Void = function("xmlStopParser"),
            let read: Read = function("xmlCtxtReadMemory"),
            let freeDocument: @convention(c) (xmlDocPtr?) -> Void = function("xmlFreeDoc"),
            let root: @convention(c) (xmlDocPtr?) -> xmlNodePtr? = function("xmlDocGetRootElement"),
            let line: @convention(c) (xmlNodePtr?) -> Int = function("xmlGetLineNo")
        else { return nil }
        self.newContext = newContext
        self.freeContext = freeContext
        self.stop = stop
        self.read = read
        self.freeDocument = freeDocument
        self.root = root
        self.line = line
    }
}

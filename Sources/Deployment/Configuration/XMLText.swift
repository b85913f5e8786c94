import CXML

/// An element of an XML document.
struct XMLElement {
    var name: String
    var attributes: [String: String] = [:]
    var children: [XMLElement] = []
    var line: Int

    func children(named name: String) -> [XMLElement] {
        children.filter { $0.name == name }
    }
}

/// Reads XML without the network, without other files, and without entities of its own: a document type is refused
/// where it begins, before anything that it could define is read.
enum XMLText {
    /// - Throws: `.badConfiguration` with line and column.
    static func parse(_ bytes: [UInt8], name: String) throws(DeploymentError) -> XMLElement {
        guard let library = XMLLibrary.shared else {
            throw DeploymentError(
                .badConfiguration, "XML cannot be read: the library \(XMLLibrary.name) is not installed.",
                place: Place(file: name),
                advice: "Install it (Debian: apt install libxml2), or write databasedeploy.toml.")
        }
        var report = Report()
        let root = bytes.withUnsafeBytes { buffer in
            withUnsafeMutablePointer(to: &report) { parse(buffer, library, $0) }
        }
        if report.hasDocumentType {
            throw DeploymentError(
                .badConfiguration, "A document type (<!DOCTYPE …>) is not allowed.", place: report.place(name))
        }
        guard report.code == 0, let root else {
            throw DeploymentError(
                .badConfiguration, "Malformed XML: \(explanation(report.code)).", place: report.place(name))
        }
        return root
    }

    /// The first thing that was wrong. Only numbers: the parser's texts quote the file, and so perhaps a password.
    private struct Report {
        var code: Int32 = 0
        var line = 1
        var column = 1
        var hasDocumentType = false

        func place(_ name: String) -> Place { Place(file: name, line: line, column: column) }
    }

    private static func parse(
        _ bytes: UnsafeRawBufferPointer, _ library: XMLLibrary, _ report: UnsafeMutablePointer<Report>
    ) -> XMLElement? {
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        guard !bytes.isEmpty, let context = library.newContext() else {
            report.pointee.code = Int32(XML_ERR_DOCUMENT_EMPTY.rawValue)
            return nil
        }
        defer { library.freeContext(context) }
        let options = [XML_PARSE_NONET, XML_PARSE_NOERROR, XML_PARSE_NOWARNING, XML_PARSE_NOCDATA, XML_PARSE_BIG_LINES]
        context.pointee._private = UnsafeMutableRawPointer(report)
        context.pointee.sax.pointee.serror = { data, error in
            guard let error, let report = XMLText.report(data), report.pointee.code == 0 else { return }
            guard error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            report.pointee.code = error.pointee.code
            report.pointee.line = Int(error.pointee.line)
            report.pointee.column = Int(error.pointee.int2)
        }
        context.pointee.sax.pointee.internalSubset = { data, _, _, _ in
            guard let report = XMLText.report(data), let data else { return }
            let context = data.assumingMemoryBound(to: xmlParserCtxt.self)
            report.pointee.hasDocumentType = true
            if let input = context.pointee.input {
                report.pointee.line = Int(input.pointee.line)
                report.pointee.column = Int(input.pointee.col)
            }
            XMLLibrary.shared?.stop(context)
        }
        let flags = options.reduce(0) { $0 | Int32($1.rawValue) }
        guard let document = library.read(context, start, Int32(bytes.count), nil, nil, flags) else { return nil }
        defer { library.freeDocument(document) }
        return library.root(document).map { element($0, library) }
    }

    private static func report(_ data: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Report>? {
        data?.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private?.assumingMemoryBound(to: Report.self)
    }

    // libxml2 refuses documents that are nested deeper than 256 elements.
    private static func element(_ node: xmlNodePtr, _ library: XMLLibrary) -> XMLElement {
        var element = XMLElement(name: name(node.pointee.name, node.pointee.ns), line: library.line(node))
        var attribute = node.pointee.properties
        while let current = attribute {
            var value = ""
            var part = current.pointee.children
            while let piece = part {
                value += text(piece.pointee.content)
                part = piece.pointee.next
            }
            element.attributes[name(current.pointee.name, current.pointee.ns)] = value
            attribute = current.pointee.next
        }
        var child = node.pointee.children
        while let current = child {
            if current.pointee.type == XML_ELEMENT_NODE { element.children.append(self.element(current, library)) }
            child = current.pointee.next
        }
        return element
    }

    /// As it is written: a name with a prefix, such as `xdt:name`, is another one than the plain one. A namespace without a
    /// prefix, which old files have for all of their elements, changes nothing.
    private static func name(_ local: UnsafePointer<xmlChar>?, _ namespace: UnsafeMutablePointer<xmlNs>?) -> String {
        let prefix = text(namespace?.pointee.prefix)
        return prefix.isEmpty ? text(local) : "\(prefix):\(text(local))"
    }

    private static func text(_ characters: UnsafePointer<xmlChar>?) -> String {
        characters.map { String(cString: $0) } ?? ""
    }

    private static func explanation(_ code: Int32) -> String {
        switch xmlParserErrors(rawValue: UInt32(bitPattern: code)) {
        case XML_ERR_DOCUMENT_EMPTY: "the document is empty or does not begin with an element"
        case XML_ERR_DOCUMENT_END: "something follows the end of the document"
        case XML_ERR_TAG_NAME_MISMATCH: "an end tag does not match the start tag before it"
        case XML_ERR_TAG_NOT_FINISHED: "an element is not closed"
        case XML_ERR_GT_REQUIRED: "a tag has no `>` at its end"
        case XML_ERR_LT_IN_ATTRIBUTE: "a `<` in a value must be written as &lt;"
        case XML_ERR_ENTITYREF_NO_NAME, XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_UNDECLARED_ENTITY,
            XML_WAR_UNDECLARED_ENTITY, XML_ERR_INVALID_CHARREF:
            "an `&` in a value must be written as &amp;"
        case XML_ERR_NAME_REQUIRED: "a name is missing here; an `&` in a value must be written as &amp;"
        case XML_ERR_ATTRIBUTE_NOT_STARTED, XML_ERR_ATTRIBUTE_NOT_FINISHED, XML_ERR_ATTRIBUTE_WITHOUT_VALUE,
            XML_ERR_SPACE_REQUIRED:
            "a value must stand in quotation marks, and one within it must be written as &quot;"
        case XML_ERR_ATTRIBUTE_REDEFINED: "an attribute is given twice"
        case XML_ERR_INVALID_ENCODING, XML_ERR_INVALID_CHAR, XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING:
            "a character does not fit the file's encoding"
        case XML_ERR_COMMENT_NOT_FINISHED: "a comment is not closed"
        case XML_NS_ERR_UNDEFINED_NAMESPACE: "a name has a prefix that no `xmlns` declares"
        default: "it breaks off or a sign is missing here"
        }
    }
}

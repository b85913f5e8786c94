// A process of its own for tests about two processes, and about one that dies.
//
//   ServerHolder start DIRECTORY PROGRAM   starts the private server there, prints its pid, and ends
//   ServerHolder hold                      starts the first test server, prints its pid, and waits to be killed

import Foundation
import PrivateServer
import SystemPackage
import TestServers

let arguments = CommandLine.arguments
if arguments.count == 4, arguments[1] == "start" {
    print(try PrivateServer(directory: FilePath(arguments[2]), program: FilePath(arguments[3])).start().id)
} else if let server = TestServer.all.first {
    print(try server.running().id)
    fflush(nil)
    while true { pause() }
}

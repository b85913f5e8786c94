#include <libxml/xmlversion.h>
// libxml2's own headers would bring in the system's ICU, whose types collide with those of the ICU within Foundation.
// They only describe a structure that is used by pointer.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

// Its name at run time. From version 2.14 on it has another one, and structures of another shape.
#if defined(__APPLE__)
#define LIBXML_FILE "/usr/lib/libxml2.2.dylib"
#elif LIBXML_VERSION >= 21400
#define LIBXML_FILE "libxml2.so.16"
#else
#define LIBXML_FILE "libxml2.so.2"
#endif

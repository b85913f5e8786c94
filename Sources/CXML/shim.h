#include <libxml/xmlversion.h>
// libxml2's own headers would bring in the system's ICU, whose types collide with those of the ICU within Foundation.
// They only describe a structure that is used by pointer.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

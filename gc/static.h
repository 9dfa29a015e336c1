/* The static cells: None, False, True, NotImplemented, Ellipsis.
 *
 * They lie in one 64 KiB aligned static object that begins with a leaf page's header, so that 'the page of a cell'
 * exists for every pointer. They are counted like any cell; the count starts so high that balanced counting never
 * brings it to zero. Shared by all heaps of the process. */
#ifndef OU_GC_STATIC_H
#define OU_GC_STATIC_H

#include "gc/object.h"
#include "gc/page.h"

enum { OU_KIND_NONE = 1, OU_KIND_BOOL = 2, OU_KIND_NOTIMPLEMENTED = 3, OU_KIND_ELLIPSIS = 4 };

typedef struct OuStaticCell {
    OuCell cell; /* aux of a bool: 0 or 1 */
    uint64_t unused;
} OuStaticCell;

typedef struct OuStaticPage {
    OuPage page;
    OuStaticCell cells[5];
} OuStaticPage;

extern OuStaticPage ou_static_page;

#define OU_STATIC_WORD(index) ((OuValue)(uintptr_t)&ou_static_page.cells[index])
#define OU_NONE OU_STATIC_WORD(0)
#define OU_FALSE OU_STATIC_WORD(1)
#define OU_TRUE OU_STATIC_WORD(2)
#define OU_NOTIMPLEMENTED OU_STATIC_WORD(3)
#define OU_ELLIPSIS OU_STATIC_WORD(4)

/* Borrowed: count it before you keep it. */
static inline OuValue ou_from_bool(bool truth) { return OU_STATIC_WORD(1 + (truth ? 1 : 0)); }

static inline bool ou_is_static(const void *cell) {
    return (uintptr_t)cell - (uintptr_t)&ou_static_page < sizeof ou_static_page;
}

#endif

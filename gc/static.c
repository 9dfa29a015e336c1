#include "gc/static.h"

#define STATIC_CELL(which, value)                                            \
    {                                                                        \
        .cell = {.count = OU_STATIC_COUNT, .kind = (which), .aux = (value) } \
    }

_Alignas(OU_PAGE_SIZE) OuStaticPage ou_static_page = {
    .page = {.used = 1, .cell_size = sizeof(OuStaticCell), .leaf = 1, .space = OU_SPACE_LEAF},
    .cells = {STATIC_CELL(OU_KIND_NONE, 0), STATIC_CELL(OU_KIND_BOOL, 0), STATIC_CELL(OU_KIND_BOOL, 1),
              STATIC_CELL(OU_KIND_NOTIMPLEMENTED, 0), STATIC_CELL(OU_KIND_ELLIPSIS, 0)},
};

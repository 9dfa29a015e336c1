/* Oracles: recompute what the heap claims and compare. Compiled in every build, called by the debug build, by tests and
 * by -X switches. */
#ifndef OU_GC_AUDIT_H
#define OU_GC_AUDIT_H

#include <stdio.h>

#include "gc/heap.h"

/* Recounts every reference from all slots, owner edges, destroyer chains and roots and compares with each cell's count.
 * Returns the number of cells that differ and describes the first few on `report` (may be NULL). Allocates with plain
 * malloc, never from the heap. Call at a safepoint only. */
size_t ou_heap_audit(OuHeap *heap, FILE *report);

/* Writes a table of the live cells: type, count, bytes with the buffers that belong to them. */
void ou_heap_table(OuHeap *heap, FILE *report);

#endif

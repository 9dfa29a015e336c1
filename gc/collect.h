/* The cycle collector: a backup tracer over the counted heap. It never frees; it breaks the edges of what no root
 * reaches, and the counts free it. */
#ifndef OU_GC_COLLECT_H
#define OU_GC_COLLECT_H

#include "gc/heap.h"

/* Finishes a running cycle (or gives it up, if it still marks), then runs up to `rounds` whole ones, ending early when one ran no finaliser and cleared
 * nothing. One round is what CPython's gc.collect() does: all finalisers, then what is still unreachable is cleared;
 * garbage that finalisers make waits for the next round. So gc.collect() is rounds = 1, leaving the program more.
 * Returns the number of tracked objects cleared. Runs user code. Returns 0 at once inside the collector. */
size_t ou_heap_collect(OuHeap *heap, uint32_t rounds);
/* Automatic collection on or off. A cycle that runs when it is turned off is given up or brought
 * to its end. */
void ou_heap_enable(OuHeap *heap, bool enabled);
/* A safepoint with heap->pending set: runs what the collector has to do now. */
void ou_heap_safepoint(OuHeap *heap);
/* Call before a suspended generator's slots become registers without a decrement each. */
void ou_heap_resuming(OuHeap *heap, OuCell *cell);

/* On the way of a survey: not gone into; gone into by whoever comes first; the same, but whoever comes later shares it. */
typedef enum OuSurveyRole { OU_SURVEY_STOP, OU_SURVEY_COMMON, OU_SURVEY_OWN } OuSurveyRole;

/* Does `value` lead to a cell whose finaliser is still to run, or share one with an earlier survey since the beginning?
 * Between the surveys no cell may be made or freed. */
void ou_heap_survey_begin(OuHeap *heap);
bool ou_heap_survey(OuHeap *heap, OuValue value, OuSurveyRole (*role)(OuHeap *heap, const OuCell *cell));

/* Enumerates live tracked cells that are neither dying, held nor hidden. `visit` returns false to stop. It must not
 * allocate or release; finishes a running cycle first. Inside the collector (a finaliser of garbage) it shows what was
 * reachable, as CPython does. */
void ou_heap_enumerate(OuHeap *heap, bool (*visit)(void *context, OuCell *cell), void *context);
/* Calls `visit` for each reference that the cell still owns, named edges in `name`. */
void ou_cell_walk(OuHeap *heap, OuCell *cell, OuVisit visit, void *context, bool with_names);

#endif

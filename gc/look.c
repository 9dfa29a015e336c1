/* Ways to look at the heap: what leads to finalisers, what there is, who refers to whom. */
#include "gc/private.h"

/* --- before the end --------------------------------------------------------------------------------------------------- */

void ou_heap_survey_begin(OuHeap *heap) {
    if (heap->phase != OU_IDLE) { ou_collect_finish(heap); }
    heap->priv->collector.young_off = true;
    ou_cursor_open(heap, &heap->priv->collector.cursor, OU_SPACE_TRACKED, OU_EACH_PAGE);
    ou_space_set_marks(heap, false, &(int64_t){OU_UNLIMITED});
}

typedef struct Survey {
    OuHeap *heap;
    OuSurveyRole (*role)(OuHeap *heap, const OuCell *cell);
    bool found;
} Survey;

static void survey_child(void *context, OuValue value, const char *name) {
    Survey *self = context;
    if (!ou_is_cell(value) || ou_cell_leaf(ou_cell(value))) { return; }
    OuSurveyRole role = self->role(self->heap, ou_cell(value));
    if (role == OU_SURVEY_STOP) { return; }
    self->found |= ou_cell_marked(ou_cell(value)) && role == OU_SURVEY_OWN;
    if (!ou_cell_marked(ou_cell(value))) { ou_cell_gray(self->heap, ou_cell(value)); }
}

bool ou_heap_survey(OuHeap *heap, OuValue value, OuSurveyRole (*role)(OuHeap *heap, const OuCell *cell)) {
    if (!ou_is_cell(value) || ou_cell_leaf(ou_cell(value))) { return false; }
    Survey survey = {heap, role, ou_cell_marked(ou_cell(value))};
    if (!survey.found) { ou_cell_gray(heap, ou_cell(value)); }
    for (OuCell *cell; (cell = ou_space_next_todo(heap)) != NULL;) {
        survey.found |= ou_cell_to_finalize(cell);
        ou_cell_walk(heap, cell, survey_child, &survey, false);
    }
    return survey.found;
}

/* --- looking at the heap ------------------------------------------------------------------------------------------------ */

void ou_heap_enumerate(OuHeap *heap, bool (*visit)(void *context, OuCell *cell), void *context) {
    OuCursor cursor;
    if (heap->phase != OU_IDLE && !heap->collecting) { ou_collect_finish(heap); }
    ou_cursor_open(heap, &cursor, OU_SPACE_TRACKED, OU_EACH_LIVE);
    for (OuCell *cell; (cell = ou_cursor_next(heap, &cursor, NULL)) != NULL;) {
        if ((cell->flags & (OU_FLAG_DEAD | OU_FLAG_HELD)) || heap->kinds[cell->kind]->hidden ||
            (heap->phase >= OU_MARK && !ou_cell_marked(cell))) {
            continue;
        }
        if (!visit(context, cell)) { break; }
    }
    ou_cursor_close(heap, &cursor);
}

void ou_cell_walk(OuHeap *heap, OuCell *cell, void (*visit)(void *context, OuValue child, const char *name),
                  void *context, bool with_names) {
    const OuKindOps *ops = heap->kinds[cell->kind];
    if (ops->leaf) { return; }
    bool dying = (cell->flags & OU_FLAG_DEAD) != 0;
    char text[128];
    with_names = with_names && (ops->edges || ops->edge_name);
    OuSlots slots;
    ou_slots_open(heap, cell, &slots, dying ? cell->count : 0);
    for (OuValue *slot; (slot = ou_slots_next(&slots)) != NULL;) {
        if (!ou_is_cell(*slot)) { continue; }
        const char *name = dying ? "a dying object" : NULL;
        if (with_names && ops->edges) {
            name = ops->edges[slots.at - 1];
        } else if (with_names) {
            text[0] = '\0';
            ops->edge_name(heap, cell, slots.span, slots.at - 1, text, sizeof text);
            name = text;
        }
        visit(context, *slot, name);
    }
    OuCell *owner = ou_owner_of(heap, ops, cell);
    if (owner) { visit(context, ou_word(owner), with_names ? "class" : NULL); }
}

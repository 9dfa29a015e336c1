/* bytes: immutable octets, hash cached. */
#ifndef OU_VM_OBJECTS_BYTES_H
#define OU_VM_OBJECTS_BYTES_H

#include "vm/objects/str.h"

/* The layout of str with width 1 and without the ASCII bit, so that searching and cutting is shared with str. */
typedef struct OuStr OuBytes;

static inline OuBytes *ou_as_bytes(OuValue value) { return (OuBytes *)(uintptr_t)value; }
OuBytes *ou_bytes_new(OuVM *vm, size_t length); /* uninitialised; NULL: raised */
OuValue ou_bytes_from(OuVM *vm, const void *data, size_t length);
OuValue ou_bytes_from_object(OuVM *vm, OuValue object); /* bytes(object) for bytes, __bytes__ and iterables */
/* The result of __bytes__ as exact bytes: 1 found, 0 no such method, -1 raised. */
int ou_bytes_special(OuVM *vm, OuValue object, OuValue *out);

/* A growing bytes cell, begun as {.vm = vm}. After a failure every call does nothing. */
typedef struct OuSink {
    OuVM *vm;
    OuBytes *bytes; /* owned; length = used so far */
    size_t capacity;
    bool failed;
} OuSink;
uint8_t *ou_sink_room(OuSink *self, size_t count); /* `count` new octets to fill; NULL: failed */
void ou_sink_add(OuSink *self, const void *data, size_t count);
void ou_sink_octet(OuSink *self, uint8_t octet);
void ou_sink_abandon(OuSink *self);
OuValue ou_sink_finish(OuSink *self);

#endif

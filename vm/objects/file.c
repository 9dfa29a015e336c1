/* Files: text and binary, with a buffer of their own over a descriptor. A file that dies open is closed, with a ResourceWarning. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "vm/objects/help.h"
#include "vm/io.h"
#include "vm/lib/lib.h"

#define BUFFER_SIZE 8192u

typedef struct OuFile {
    OuCell cell;
    uint64_t birth;
    OuValue name;        /* owned */
    OuValue mode;        /* owned: as given */
    OuValue encoding;    /* owned: text files */
    OuValue opened_file; /* owned: source file that opened it */
    uint8_t *buffer;     /* heap buffer of BUFFER_SIZE: bytes read ahead, or to write when it cannot be read */
    uint32_t start, end;
    int fd;
    bool readable, writable, binary, standard, line_buffered;
    uint32_t opened_line;
} OuFile;

static OuFile *file_of(OuValue value) { return (OuFile *)(uintptr_t)value; }
#define CLOSED "I/O operation on closed file" /* the reference puts a full stop behind it in some places */

/* 0 open; -1 raised, in these words. */
static int ensure_open(OuVM *vm, const OuFile *self, const char *words) {
    return self->fd >= 0 ? 0 : ou_raised_value(vm, "%s", words);
}

static OuFile *file_new(OuVM *vm, uint8_t kind, int fd) {
    OuFile *self = (OuFile *)ou_cell_new(&vm->heap, kind, sizeof *self);
    if (self == NULL) { return ou_no_memory(vm); }
    self->fd = fd;
    self->birth = vm->heap.next_birth++;
    self->buffer = ou_buffer_new(&vm->heap, BUFFER_SIZE);
    if (self->buffer == NULL) {
        self->fd = -1;
        ou_drop(vm, ou_word(self));
        return ou_no_memory(vm);
    }
    return self;
}

OuValue ou_file_std(OuVM *vm, int fd, const char *name, bool reading) {
    if (fcntl(fd, F_GETFD) < 0) { return ou_new_none(); } /* closed by whoever started us */
    OuFile *self = file_new(vm, OU_KIND_FILE, fd);
    if (self == NULL) { return OU_NOTHING; }
    self->standard = true;
    self->readable = reading;
    self->writable = !reading;
    self->line_buffered = !reading && (fd == 2 || isatty(fd));
    ou_slot_init(&self->name, ou_str_from_text(vm, name));
    ou_slot_init(&self->mode, ou_str_from_text(vm, reading ? "r" : "w"));
    ou_slot_init(&self->encoding, ou_str_from_text(vm, "utf-8"));
    return ou_word(self);
}

/* --- bytes out ------------------------------------------------------------------------------------------------------------------- */

/* 0, or an errno. */
static int write_all(int fd, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t done = write(fd, bytes, count);
        if (done < 0) {
            if (errno == EINTR) { continue; }
            return errno;
        }
        bytes += done;
        count -= (size_t)done;
    }
    return 0;
}

/* 0 for errno 0, else raised. */
static int status_of(OuVM *vm, int error) { return error == 0 ? 0 : ou_raised(ou_raise_errno(vm, error, OU_NOTHING)); }

static int flush_quietly(OuFile *self) {
    int error = 0;
    if (!self->readable && self->fd >= 0 && self->end > 0) {
        error = write_all(self->fd, self->buffer, self->end);
        self->end = 0;
    }
    return error;
}

static int flush(OuVM *vm, OuFile *self) { return status_of(vm, flush_quietly(self)); }

static int write_bytes(OuVM *vm, OuFile *self, const uint8_t *bytes, size_t count) {
    if (self->readable) { /* r+: the read-ahead is given back */
        if (self->start < self->end) { lseek(self->fd, -(off_t)(self->end - self->start), SEEK_CUR); }
        self->start = self->end = 0;
    } else if (count > BUFFER_SIZE - self->end && flush(vm, self) < 0) {
        return -1;
    }
    if (self->readable || count >= BUFFER_SIZE) { return status_of(vm, write_all(self->fd, bytes, count)); }
    memcpy(self->buffer + self->end, bytes, count);
    self->end += (uint32_t)count;
    bool now = (self->line_buffered && memchr(bytes, '\n', count) != NULL) || (vm->unbuffered && self->fd <= 2);
    return now ? flush(vm, self) : 0;
}

int ou_file_write(OuVM *vm, OuValue file, OuStr *text) {
    OuFile *self = file_of(file);
    if (ensure_open(vm, self, CLOSED ".") < 0) { return -1; }
    if (!self->writable) { return ou_raised(ou_raise(vm, OU_EXC_UnsupportedOperation, "not writable")); }
    if (ou_str_is_ascii(text)) { return write_bytes(vm, self, text->data, text->length); }
    char *utf8;
    size_t bytes, capacity;
    if (ou_str_to_utf8(vm, text, &utf8, &bytes, &capacity, self->fd == 2 && self->standard) < 0) { return -1; }
    int status = write_bytes(vm, self, (const uint8_t *)utf8, bytes);
    ou_buffer_free(&vm->heap, utf8, capacity);
    return status;
}

static OuFile *standard_stream(OuVM *vm, OuNameIndex name) {
    OuValue file = vm->sys != NULL ? ou_dict_peek_name(vm->sys, vm->names[name]) : OU_NOTHING;
    return ou_is_kind(file, OU_KIND_FILE) ? file_of(file) : NULL;
}

void ou_file_flush_std(OuVM *vm) {
    OuFile *out = standard_stream(vm, OU_NAME_P_stdout), *err = standard_stream(vm, OU_NAME_P_stderr);
    if (out != NULL) { flush_quietly(out); }
    if (err != NULL) { flush_quietly(err); }
}

int ou_file_finish(OuVM *vm) {
    OuFile *out = standard_stream(vm, OU_NAME_P_stdout);
    int error = out != NULL ? flush_quietly(out) : 0;
    if (error) {
        fprintf(
            stderr,
            "Exception ignored in: <_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>\n%s: [Errno %d] %s\n",
            error == EPIPE ? "BrokenPipeError" : "OSError", error, strerror(error));
        return -1;
    }
    return 0;
}

/* --- bytes in ------------------------------------------------------------------------------------------------------------------------ */

/* Reads ahead. 1 there are bytes, 0 end of file, -1 raised. */
int ou_wait(OuVM *vm, int fd, int64_t until) {
    struct pollfd input = {.fd = fd, .events = POLLIN};
    sigset_t all, before;
    sigfillset(&all);
    for (;;) {
        int64_t now = (int64_t)ou_clock_ns(CLOCK_MONOTONIC), ns = until > now ? until - now : 0;
        struct timespec left = {ns / 1000000000, ns % 1000000000};
        if (ou_safepoint(vm) < 0) { return -1; }
        /* A signal between the look at `pending` and the wait would be seen when that ends, if ever. */
        sigprocmask(SIG_BLOCK, &all, &before);
        bool ended = (vm->heap.pending & OU_PENDING_SIGNAL) == 0 &&
                     (ppoll(&input, 1, until < INT64_MAX ? &left : NULL, &before) >= 0 || errno != EINTR);
        sigprocmask(SIG_SETMASK, &before, NULL);
        if (ended) { return 0; }
    }
}

static int fill(OuVM *vm, OuFile *self) {
    if (self->start < self->end) { return 1; }
    for (;;) {
        if (ou_wait(vm, self->fd, INT64_MAX) < 0) { return -1; }
        ssize_t got = read(self->fd, self->buffer, BUFFER_SIZE);
        if (got >= 0) {
            self->start = 0;
            self->end = (uint32_t)got;
            return got > 0;
        }
        if (errno != EINTR) { return ou_raised(ou_raise_errno(vm, errno, OU_NOTHING)); }
    }
}

/* The value for raw bytes read (consumed): bytes, or text with universal newlines. */
static OuValue content(OuVM *vm, OuFile *self, OuBuilder *raw) {
    if (self->binary || raw->failed || raw->str == NULL) {
        return self->binary || raw->failed ? ou_builder_finish(raw) : ou_str_empty(vm);
    }
    uint8_t *data = raw->str->data;
    size_t count = raw->str->length, to = memchr(data, '\r', count) != NULL ? 0 : count;
    for (size_t from = to; from < count; from++) {
        uint8_t byte = data[from];
        if (byte == '\r') {
            byte = '\n';
            from += from + 1 < count && data[from + 1] == '\n';
        }
        data[to++] = byte;
    }
    OuValue text = ou_str_decode_utf8(vm, data, to, false);
    ou_builder_abandon(raw);
    return text;
}

/* The file if it can be read, else NULL and raised; a closed binary one in these words. */
static OuFile *readable(OuVM *vm, OuValue value, const char *words) {
    OuFile *self = file_of(value);
    if (self->readable || !self->binary) {
        if (ensure_open(vm, self, self->binary ? words : CLOSED ".") < 0) { return NULL; }
    }
    if (self->readable) { return self; }
    ou_raise(vm, OU_EXC_UnsupportedOperation, self->binary ? "read" : "not readable");
    return NULL;
}

static bool continues(uint8_t byte) { return (byte & 0xc0) == 0x80; } /* inside a character of UTF-8 */

/* Up to `limit` characters (text) or bytes (binary); negative: all. */
static OuValue read_some(OuVM *vm, OuFile *self, int64_t limit) {
    OuBuilder raw = {.vm = vm, .bytes = true};
    int more = 1;
    int64_t count = 0;
    while ((limit < 0 || count < limit) && !raw.failed && (more = fill(vm, self)) > 0) {
        size_t step = limit < 0 ? self->end - self->start : 1;
        count += self->binary || !continues(self->buffer[self->start]);
        ou_builder_bytes(&raw, self->buffer + self->start, step);
        self->start += (uint32_t)step;
    }
    /* The rest of the last character. */
    while (more > 0 && !self->binary && limit > 0 && !raw.failed && (more = fill(vm, self)) > 0 &&
           continues(self->buffer[self->start])) {
        ou_builder_point(&raw, self->buffer[self->start++]);
    }
    raw.failed |= more < 0;
    return content(vm, self, &raw);
}

static OuValue read_line(OuVM *vm, OuFile *self) {
    OuBuilder raw = {.vm = vm, .bytes = true};
    int more = 1;
    for (bool done = false; !done && !raw.failed && (more = fill(vm, self)) > 0;) {
        uint8_t *start = self->buffer + self->start, *stop = self->buffer + self->end, *at = start;
        while (at < stop && *at != '\n' && (self->binary || *at != '\r')) { at++; }
        done = at < stop;
        bool carriage = done && *at == '\r';
        ou_builder_bytes(&raw, start, (size_t)(at - start) + done);
        self->start += (uint32_t)((size_t)(at - start) + done);
        if (carriage && !raw.failed && (more = fill(vm, self)) > 0 && self->buffer[self->start] == '\n') {
            self->start++;
        }
    }
    raw.failed |= more < 0;
    return content(vm, self, &raw);
}

/* --- methods --------------------------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(file_write) {
    OuFile *self = file_of(args[0]);
    if (self->binary) {
        const OuBytes *bytes = ou_bytes_peek(vm, args[1]);
        if (!self->writable) { return ou_raise(vm, OU_EXC_UnsupportedOperation, "write"); }
        if (bytes == NULL) { return ou_raise_type_error(vm, "a bytes-like object is required, not '%T'", args[1]); }
        if (ensure_open(vm, self, "write to closed file") < 0) { return OU_NOTHING; }
        return write_bytes(vm, self, bytes->data, bytes->length) < 0 ? OU_NOTHING : ou_int(vm, bytes->length);
    }
    OuStr *text = ou_str_peek(vm, args[1]);
    if (text == NULL) { return ou_raise_type_error(vm, "write() argument must be str, not %T", args[1]); }
    return ou_file_write(vm, args[0], text) < 0 ? OU_NOTHING : ou_int(vm, text->length);
}

static OU_NATIVE(file_writelines) {
    OuValue *scratch = args + nargs; /* iterator, item */
    scratch[0] = ensure_open(vm, file_of(args[0]), CLOSED ".") < 0 ? OU_NOTHING : ou_iter(vm, args[1]);
    int more = scratch[0] != OU_NOTHING ? 1 : -1;
    while (more > 0 && (more = ou_next_into(vm, scratch[0], &scratch[1])) > 0) {
        OuValue done = file_write(vm, (OuValue[]){args[0], scratch[1]}, 2);
        more = done == OU_NOTHING ? -1 : 1;
        ou_drop(vm, done);
    }
    return ou_none_unless(more);
}

static OU_NATIVE(file_read) {
    OuFile *self = readable(vm, args[0], "read of closed file");
    int64_t limit = -1;
    if (self == NULL || (nargs > 1 && args[1] != OU_NONE && ou_index_i64(vm, args[1], &limit, true) < 0)) {
        return OU_NOTHING;
    }
    return read_some(vm, self, limit);
}

static OU_NATIVE(file_readline) {
    OuFile *self = readable(vm, args[0], "readline of closed file");
    return self == NULL ? OU_NOTHING : read_line(vm, self);
}

static OuValue file_next(OuVM *vm, OuValue value) {
    OuFile *self = readable(vm, value, "readline of closed file");
    OuValue line = self == NULL ? OU_NOTHING : read_line(vm, self);
    bool at_end = line != OU_NOTHING && ou_as_str(line)->length == 0; /* bytes have the layout of str */
    return at_end ? ou_dropped(vm, line) : line;
}

static OU_NATIVE(file_readlines) { return ou_list_of(vm, args[0]); }
static OU_UNARY(file_iter) { return ensure_open(vm, file_of(self), CLOSED ".") < 0 ? OU_NOTHING : ou_incref(self); }

static OU_NATIVE(file_flush) {
    OuFile *self = file_of(args[0]);
    const char *words = self->binary && self->writable ? "flush of closed file" : CLOSED ".";
    return ou_none_unless(ensure_open(vm, self, words) < 0 ? -1 : flush(vm, self));
}

static int close_file(OuVM *vm, OuFile *self) {
    if (self->fd < 0) { return 0; }
    int error = flush_quietly(self), fd = self->fd;
    self->fd = -1;
    if (!self->standard && close(fd) < 0 && !error) { error = errno; }
    return status_of(vm, error);
}

static OU_NATIVE(file_close) { return ou_none_unless(close_file(vm, file_of(args[0]))); }
static OU_NATIVE(file_enter) { return file_iter(vm, args[0]); }

static OU_NATIVE(file_seek) {
    OuFile *self = file_of(args[0]);
    int64_t offset, whence = 0;
    if (ensure_open(vm, self, self->binary ? "seek of closed file" : CLOSED ".") < 0) { return OU_NOTHING; }
    if (ou_index_i64(vm, args[1], &offset, true) < 0 || (nargs > 2 && ou_index_i64(vm, args[2], &whence, true) < 0)) {
        return OU_NOTHING;
    }
    if (flush(vm, self) < 0) { return OU_NOTHING; }
    if (whence == SEEK_CUR && self->readable) { offset -= (int64_t)(self->end - self->start); }
    self->start = self->end = 0;
    off_t place = lseek(self->fd, (off_t)offset, (int)whence);
    return place < 0 ? ou_raise_errno(vm, errno, OU_NOTHING) : ou_int(vm, place);
}

static OU_NATIVE(file_tell) {
    OuFile *self = file_of(args[0]);
    if (ensure_open(vm, self, self->binary ? CLOSED : CLOSED ".") < 0) { return OU_NOTHING; }
    off_t place = lseek(self->fd, 0, SEEK_CUR);
    if (place < 0) { return ou_raise_errno(vm, errno, OU_NOTHING); }
    return ou_int(vm, place + (self->readable ? -(off_t)(self->end - self->start) : (off_t)self->end));
}

/* A closed file may only say what it cannot do. */
#define QUESTION(name, possible, result)                                                \
    static OU_NATIVE(file_##name) {                                                     \
        OuFile *self = file_of(args[0]);                                                \
        return (possible) && ensure_open(vm, self, CLOSED) < 0 ? OU_NOTHING : (result); \
    }
QUESTION(readable, self->readable, ou_new_bool(self->readable))
QUESTION(writable, self->writable, ou_new_bool(self->writable))
QUESTION(seekable, true, ou_new_bool(lseek(self->fd, 0, SEEK_CUR) >= 0))
QUESTION(isatty, true, ou_new_bool(isatty(self->fd)))
QUESTION(fileno, true, ou_int(vm, self->fd))
static OU_UNARY(file_closed) { return ou_new_bool(file_of(self)->fd < 0); }

static OuValue file_repr(OuVM *vm, OuValue value) {
    OuFile *self = file_of(value);
    return self->binary
               ? ou_format(vm, "<%T name=%R>", value, self->name)
               : ou_format(vm, "<%T name=%R mode=%R encoding=%R>", value, self->name, self->mode, self->encoding);
}

/* --- open --------------------------------------------------------------------------------------------------------------------------------- */

/* The letters of a mode as bits, in their order; 0 when check_open of vm/lib/_functions.py is to say what is wrong. */
enum { READ = 1, WRITE = 2, CREATE = 4, APPEND = 8, BINARY = 16, TEXT = 32, PLUS = 64 };

static unsigned mode_of(const OuStr *text) {
    static const char letters[] = "rwxabt+";
    unsigned mode = 0;
    for (uint32_t i = 0; i < text->length; i++) {
        uint32_t point = ou_str_at(text, i);
        const char *letter = point != 0 && point < 128 ? strchr(letters, (int)point) : NULL;
        unsigned bit = letter != NULL ? 1u << (letter - letters) : 0;
        if (bit == 0 || (mode & bit) != 0) { return 0; }
        mode |= bit;
    }
    unsigned way = mode & (READ | WRITE | CREATE | APPEND);
    return way & (way - 1) || (mode & BINARY && mode & TEXT) || way == 0 ? 0 : mode;
}

OU_NATIVE(ou_file_open) {
    OuStr *name = ou_str_peek(vm, args[0]), *text = ou_str_peek(vm, args[1]);
    unsigned mode = args[1] == OU_NOTHING ? READ : text != NULL ? mode_of(text) : 0;
    bool binary = (mode & BINARY) != 0, plain = name != NULL && mode != 0;
    char path[4100];
    for (int i = 2; i < 8; i++) { plain &= args[i] == OU_NOTHING; }
    if (!plain && ou_status_take(vm, ou_library_method_in(vm, "_functions", "check_open", args, 8)) < 0) {
        return OU_NOTHING;
    }
    if (name == NULL || !ou_str_copy_utf8(name, path, sizeof path)) {
        return ou_raise_value_error(vm, "embedded null byte");
    }
    int flags = (mode & PLUS   ? O_RDWR
                 : mode & READ ? O_RDONLY
                               : O_WRONLY) |
                O_CLOEXEC | (mode & WRITE ? O_CREAT | O_TRUNC : 0) | (mode & CREATE ? O_CREAT | O_EXCL : 0) |
                (mode & APPEND ? O_CREAT | O_APPEND : 0);
    int fd = open(path, flags, 0666);
    struct stat info;
    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        close(fd);
        fd = -1;
        errno = EISDIR;
    }
    if (fd < 0) { return ou_raise_errno(vm, errno, ou_word(name)); }
    uint8_t kind = !binary ? OU_KIND_FILE : mode & READ ? OU_KIND_BINARY_FILE : OU_KIND_BINARY_WRITER;
    OuFile *self = file_new(vm, kind, fd);
    if (self == NULL) {
        close(fd);
        return OU_NOTHING;
    }
    self->readable = (mode & (READ | PLUS)) != 0;
    self->writable = (mode & (READ | PLUS)) != READ;
    self->binary = binary;
    self->line_buffered = !binary && args[2] == ou_from_small(1);
    ou_slot_init(&self->name, ou_incref(ou_word(name)));
    ou_slot_init(&self->mode, args[1] != OU_NOTHING ? ou_incref(args[1]) : ou_str_from_text(vm, "r"));
    ou_slot_init(&self->encoding, binary ? ou_incref(OU_NONE) : ou_str_from_text(vm, "UTF-8"));
    if (vm->frame > vm->frames) {
        self->opened_line = ou_code_line(vm->frame->code, ou_frame_at(vm->frame));
        ou_slot_init(&self->opened_file, ou_incref(vm->frame->code->filename));
    }
    if (self->mode == OU_NOTHING || self->encoding == OU_NOTHING) { return ou_dropped(vm, ou_word(self)); }
    self->cell.flags |= OU_FLAG_FINALIZER; /* from here on somebody may leave it open */
    return ou_word(self);
}

/* --- operations ------------------------------------------------------------------------------------------------------------------------------ */

static uint32_t file_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    out[0] = (OuSpan){&((OuFile *)cell)->name, 4, 1};
    return 1;
}

static void file_finalize(OuHeap *heap, OuCell *cell) {
    OuVM *vm = (OuVM *)heap;
    OuFile *self = (OuFile *)cell;
    if (self->fd < 0 || self->standard) { return; }
    OuValue pending = ou_take_pending(vm);
    OuValue line = ou_int(vm, self->opened_line);
    OuValue args[] = {ou_word(self), ou_or_none(self->opened_file), line};
    OuValue result = line != OU_NOTHING ? ou_library_call(vm, "unclosed", args, 3) : OU_NOTHING;
    if (result == OU_NOTHING) { ou_report_unraisable(vm, NULL, ou_word(self)); }
    ou_drop(vm, result);
    ou_drop(vm, line);
    ou_drop(vm, args[1]);
    close_file(vm, self);
    ou_clear_pending(vm);
    ou_restore_pending_take(vm, pending);
}

static void file_drop(OuHeap *heap, OuCell *cell) {
    OuFile *self = (OuFile *)cell;
    flush_quietly(self);
    if (self->fd >= 0 && !self->standard) { close(self->fd); }
    if (self->buffer != NULL) { ou_buffer_free(heap, self->buffer, BUFFER_SIZE); }
}

static uint64_t file_birth(OuHeap *heap, const OuCell *cell) { return ((const OuFile *)cell)->birth; }

const OuKindOps ou_file_ops = {.name = "file",
                               .spans = file_spans,
                               .finalize = file_finalize,
                               .birth = file_birth,
                               .drop = file_drop,
                               .edges = (const char *const[]){"name", "mode", "encoding", "source"}};

static const OuNativeDef file_methods[] = {
    {"write", file_write, "Writes text or bytes.", 1, 1},
    {"writelines", file_writelines, "Writes each item.", 1, 1, 0, 2},
    {"read", file_read, "Reads all, or so many characters.", 0, 1, OU_ARGS_UNPACK},
    {"readline", file_readline, "Reads a line.", 0, 1, OU_ARGS_UNPACK},
    {"readlines", file_readlines, "All lines.", 0, 1, OU_ARGS_UNPACK},
    {"flush", file_flush, "Writes out what is buffered."},
    {"close", file_close, "Flushes and closes."},
    {"seek", file_seek, "Goes to a position.", 1, 2, OU_ARGS_UNPACK},
    {"tell", file_tell, "The position."},
    {"readable", file_readable, "Can it be read?"},
    {"writable", file_writable, "Can it be written?"},
    {"seekable", file_seekable, "Has it positions?"},
    {"isatty", file_isatty, "Is it a terminal?"},
    {"fileno", file_fileno, "Its descriptor."},
    {"__enter__", file_enter, "The file itself."},
    {"__exit__", file_close, "Closes it.", 0, -1},
    OU_DEF_END};
static const OuGetSetDef file_getsets[] = {OU_FIELD("name", OuFile, name),
                                           OU_FIELD("mode", OuFile, mode),
                                           {"closed", file_closed},
                                           OU_FIELD("encoding", OuFile, encoding),
                                           OU_GETSET_END};
#define FILE_TYPE(which)                                                                             \
    {                                                                                                \
        .index = which, .final = true, .weakrefs = true,                                             \
        .slots = {.repr = file_repr, .iter = file_iter, .next = file_next}, .methods = file_methods, \
        .getsets = file_getsets                                                                      \
    }
const OuNativeType ou_file_type = FILE_TYPE(OU_TYPE_FILE);
const OuNativeType ou_binary_file_type = FILE_TYPE(OU_TYPE_BINARY_FILE);
const OuNativeType ou_binary_writer_type = FILE_TYPE(OU_TYPE_BINARY_WRITER);

/* Runs programs below directories and compares what they do with the files beside them.
 * See tests/README.md for the options and for what makes a case. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_JOBS = 64, MAX_WORDS = 64, QUIET_RUNS = 4 };

typedef struct Text {
    char *data;
    size_t size;
} Text;

typedef struct Run {
    Text out, err;
    int status; /* exit status, or -1 */
    int signal; /* the killing signal, or 0 */
    bool timeout;
} Run;

typedef struct Case {
    const char *path; /* of the .py */
    const char *name; /* its last component */
    Text out, err;    /* err.data is NULL when there is no .err */
    int status;
} Case;

static char *ouro;
static char *words[MAX_WORDS]; /* the extra options */
static int word_count;
static int seconds = 30;
static bool memory_mode;
static long step, step_limit = LONG_MAX;
static bool after_start;

static char **paths;
static size_t path_count, path_room;

static FILE *report; /* of this case */

static void die(const char *what) {
    fprintf(stderr, "harness: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void *must(void *memory) {
    if (memory == NULL) { die("malloc"); }
    return memory;
}

/* ---- files ---- */

static Text read_fd(int fd) {
    Text text = {must(malloc(4096)), 0};
    size_t room = 4096;
    for (;;) {
        ssize_t n = read(fd, text.data + text.size, room - text.size - 1);
        if (n < 0 && errno == EINTR) { continue; }
        if (n <= 0) { break; }
        text.size += (size_t)n;
        if (room - text.size < 2) {
            room *= 2;
            text.data = must(realloc(text.data, room));
        }
    }
    text.data[text.size] = '\0';
    return text;
}

/* The path of a sibling of a .py, with another suffix. */
static void sibling(const char *path, const char *suffix, char *out) {
    if (snprintf(out, PATH_MAX, "%.*s%s", (int)strlen(path) - 3, path, suffix) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        die(path);
    }
}

static Text read_sibling(const char *path, const char *suffix) {
    char name[PATH_MAX];
    sibling(path, suffix, name);
    int fd = open(name, O_RDONLY);
    if (fd < 0) { return (Text){NULL, 0}; }
    Text text = read_fd(fd);
    close(fd);
    return text;
}

static void add_path(const char *path) {
    if (path_count == path_room) {
        path_room = path_room ? path_room * 2 : 256;
        paths = must(realloc(paths, path_room * sizeof *paths));
    }
    paths[path_count++] = must(strdup(path));
}

static void find_cases(const char *path) {
    size_t path_length = strlen(path);
    if (path_length > 3 && strcmp(path + path_length - 3, ".py") == 0) {
        add_path(path);
        return;
    }
    DIR *dir = opendir(path);
    if (dir == NULL) { die(path); }
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        char full[PATH_MAX], out[PATH_MAX];
        struct stat info;
        const char *name = entry->d_name;
        size_t length = strlen(name);
        if (name[0] == '.' || snprintf(full, sizeof full, "%s/%s", path, name) >= PATH_MAX || stat(full, &info) != 0) {
            continue;
        }
        if (S_ISDIR(info.st_mode)) {
            if (name[0] != '_' && strcmp(name, "modules") != 0) { find_cases(full); }
        } else if (length > 3 && strcmp(name + length - 3, ".py") == 0) {
            sibling(full, ".out", out);
            if (access(out, R_OK) == 0) { add_path(full); }
        }
    }
    closedir(dir);
}

static int compare_paths(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* ---- one run ---- */

/* Takes the path of the case's directory out: tracebacks show the whole path of a script, wherever the tests lie. */
static void without_directory(Text *text, const char *path) {
    char copy[PATH_MAX], directory[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    if (realpath(dirname(copy), directory) == NULL) { die(path); }
    strcat(directory, "/");
    size_t length = strlen(directory), kept = 0;
    for (size_t at = 0; at < text->size;) {
        if (text->size - at >= length && memcmp(text->data + at, directory, length) == 0) {
            at += length;
        } else {
            text->data[kept++] = text->data[at++];
        }
    }
    text->data[text->size = kept] = '\0';
}

static FILE *temporary(void) {
    FILE *file = tmpfile();
    if (file == NULL) { die("tmpfile"); }
    return file;
}

static Text take_temporary(FILE *file) {
    lseek(fileno(file), 0, SEEK_SET);
    Text text = read_fd(fileno(file));
    fclose(file);
    return text;
}

static _Noreturn void become(const Case *item, long fail_at, int out, int err) {
    char input[PATH_MAX], fail[40], directory[PATH_MAX];
    char *argv[MAX_WORDS + 8];
    int argc = 0;
    sibling(item->path, ".in", input);
    int in = open(input, O_RDONLY);
    if (in < 0) { in = open("/dev/null", O_RDONLY); }
    snprintf(directory, sizeof directory, "%.*s", (int)(item->name - item->path), item->path);
    if (in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0 || chdir(directory) != 0) { _exit(126); }
    argv[argc++] = ouro;
    for (int i = 0; i < word_count; i++) { argv[argc++] = words[i]; }
    char dash_x[] = "-X", leaks[] = "leaks=error";
    if (fail_at > 0) {
        snprintf(fail, sizeof fail, "failalloc=%ld", fail_at);
        argv[argc++] = dash_x;
        argv[argc++] = fail;
        argv[argc++] = dash_x;
        argv[argc++] = leaks;
    }
    argv[argc++] = must(strdup(item->name));
    argv[argc] = NULL;
    close(in);
    close(out);
    close(err);
    alarm((unsigned)seconds); /* outlives the exec */
    execv(ouro, argv);
    _exit(127);
}

static Run run_case(const Case *item, long fail_at) {
    Run run = {.status = -1};
    FILE *out = temporary(), *err = temporary();
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0) { die("fork"); }
    if (pid == 0) { become(item, fail_at, fileno(out), fileno(err)); }
    waitpid(pid, &status, 0);
    if (WIFEXITED(status)) {
        run.status = WEXITSTATUS(status);
    } else if (WIFSIGNALED(status)) {
        run.signal = WTERMSIG(status);
        run.timeout = run.signal == SIGALRM;
    }
    run.out = take_temporary(out);
    run.err = take_temporary(err);
    without_directory(&run.err, item->path);
    return run;
}

/* ---- judging ---- */

/* The last line that is not empty, without its newline. */
static Text last_line(Text text) {
    while (text.size > 0 && text.data[text.size - 1] == '\n') { text.size--; }
    size_t start = text.size;
    while (start > 0 && text.data[start - 1] != '\n') { start--; }
    return (Text){text.data + start, text.size - start};
}

static bool same(Text a, Text b) { return a.size == b.size && memcmp(a.data, b.data, a.size) == 0; }

static int shown(Text text, size_t at) {
    size_t end = at;
    while (end < text.size && text.data[end] != '\n' && end - at < 160) { end++; }
    return (int)(end - at);
}

static void note_difference(const char *stream, Text want, Text got) {
    size_t i = 0, start = 0;
    int line = 1;
    while (i < want.size && i < got.size && want.data[i] == got.data[i]) {
        if (want.data[i++] == '\n') {
            line++;
            start = i;
        }
    }
    fprintf(report, "  %s differs in line %d\n", stream, line);
    fprintf(report, "    want: %.*s%s\n", shown(want, start), want.data + start, start >= want.size ? "<end>" : "");
    fprintf(report, "    got:  %.*s%s\n", shown(got, start), got.data + start, start >= got.size ? "<end>" : "");
}

static bool normal_result(const Case *item, const Run *run) {
    return !run->timeout && run->signal == 0 && run->status == item->status && same(run->out, item->out) &&
           (item->err.data == NULL || same(run->err, item->err));
}

/* With allocations that fail: a MemoryError that ended the program, or one that it caught and spoke of; or a report of
 * the expected end that could not tell everything. */
static bool clean_failure(const Case *item, const Run *run) {
    if (run->timeout || run->signal != 0) { return false; }
    if (strstr(run->err.data, "not enough memory to start") != NULL) {
        return run->status != 0 && run->status != 3 && run->out.size == 0;
    }
    if (run->status == 1 && strncmp(last_line(run->err).data, "MemoryError", 11) == 0) { return true; }
    if (run->status == item->status && same(run->out, item->out)) { return true; }
    return (run->status == 0 || run->status == 1 || run->status == item->status) &&
           (run->status != 3 || item->status == 3) &&
           (strstr(run->err.data, "MemoryError") != NULL || strstr(run->out.data, "MemoryError") != NULL);
}

static void note_failure(const Case *item, const Run *run, long fail_at) {
    fprintf(report, "FAIL %s\n", item->path);
    if (fail_at > 0) { fprintf(report, "  with failalloc=%ld\n", fail_at); }
    if (run->timeout) {
        fprintf(report, "  killed after %d s\n", seconds);
    } else if (run->signal != 0) {
        fprintf(report, "  killed by signal %d (%s)\n", run->signal, strsignal(run->signal));
    } else if (run->status != item->status) {
        fprintf(report, "  status %d, expected %d\n", run->status, item->status);
    }
    if (!same(run->out, item->out)) { note_difference("stdout", item->out, run->out); }
    if (item->err.data != NULL && !same(run->err, item->err)) { note_difference("stderr", item->err, run->err); }
    Text line = last_line(run->err);
    if (line.size > 0) { fprintf(report, "  stderr: %.*s\n", shown(line, 0), line.data); }
}

static bool judge_once(const Case *item, long fail_at, bool lenient, bool *normal) {
    Run run = run_case(item, fail_at);
    *normal = normal_result(item, &run);
    bool right = *normal || (lenient && clean_failure(item, &run));
    if (!right) { note_failure(item, &run, fail_at); }
    free(run.out.data);
    free(run.err.data);
    return right;
}

/* The first allocation that fails after start-up. Start-up takes the same number of them each time. */
static long first_after_start(const Case *item) {
    long low = 0, high = 1L << 20; /* at low it does not start (0 stands for that), at high it does */
    while (high - low > 1) {
        long middle = low + (high - low) / 2;
        Run run = run_case(item, middle);
        bool started = strstr(run.err.data, "not enough memory to start") == NULL;
        free(run.out.data);
        free(run.err.data);
        *(started ? &high : &low) = middle;
    }
    return high;
}

static bool judge(const char *path) {
    Case item = {.path = path, .name = strrchr(path, '/') + 1};
    bool normal;
    item.out = read_sibling(path, ".out");
    item.err = read_sibling(path, ".err");
    Text status = read_sibling(path, ".status");
    item.status = status.data != NULL ? atoi(status.data) : 0;
    if (step == 0) { return judge_once(&item, 0, memory_mode, &normal); }
    /* A failure can be harmless, so that one right result does not mean the end of the allocations. */
    int quiet = 0;
    for (long n = after_start ? first_after_start(&item) : 1; n <= step_limit && quiet < QUIET_RUNS; n += step) {
        if (!judge_once(&item, n, true, &normal)) { return false; }
        quiet = normal ? quiet + 1 : 0;
    }
    return true;
}

/* ---- jobs ---- */

typedef struct Job {
    pid_t pid;
    FILE *report;
} Job;

static Job start_job(const char *path) {
    Job job = {.report = temporary()};
    fflush(NULL);
    job.pid = fork();
    if (job.pid < 0) { die("fork"); }
    if (job.pid == 0) {
        report = job.report;
        bool right = judge(path);
        _exit(fflush(report) == 0 && right ? 0 : 1);
    }
    return job;
}

static bool end_job(Job *job) {
    int status = -1;
    waitpid(job->pid, &status, 0);
    Text text = take_temporary(job->report);
    fwrite(text.data, 1, text.size, stdout);
    free(text.data);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static _Noreturn void usage(void) {
    fprintf(
        stderr,
        "usage: harness [-j N] [-o 'options'] [-t seconds] [-m memory] [-f STEP] [-F MAX] [-s] OURO DIR|FILE.py...\n");
    exit(2);
}

int main(int argc, char **argv) {
    int option, jobs = 1;
    while ((option = getopt(argc, argv, "j:o:t:m:f:F:s")) != -1) {
        switch (option) {
        case 'j': jobs = atoi(optarg); break;
        case 't': seconds = atoi(optarg); break;
        case 'f': step = atol(optarg); break;
        case 'F': step_limit = atol(optarg); break;
        case 's': after_start = true; break;
        case 'm': memory_mode = true; break;
        case 'o':
            for (char *word = strtok(optarg, " "); word != NULL && word_count < MAX_WORDS; word = strtok(NULL, " ")) {
                words[word_count++] = word;
            }
            break;
        default: usage();
        }
    }
    if (argc - optind < 2 || jobs < 1 || jobs > MAX_JOBS || seconds < 1 || step < 0) { usage(); }
    ouro = realpath(argv[optind], NULL);
    if (ouro == NULL) { die(argv[optind]); }
    for (int i = optind + 1; i < argc; i++) { find_cases(argv[i]); }
    if (path_count > 0) { qsort(paths, path_count, sizeof *paths, compare_paths); }
    unsetenv("FORCE_COLOR");
    setenv("LC_ALL", "C.UTF-8", 1);

    Job running[MAX_JOBS];
    size_t started = 0, ended = 0, passed = 0, room = (size_t)jobs;
    while (ended < path_count) {
        while (started < path_count && started - ended < room) {
            running[started % room] = start_job(paths[started]);
            started++;
        }
        passed += end_job(&running[ended % room]);
        ended++;
    }
    printf("%zu passed, %zu failed\n", passed, path_count - passed);
    return passed == path_count ? 0 : 1;
}

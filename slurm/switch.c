/*
 * A network of hosts on one machine: slurm/network compiles and starts this. It makes the hosts, each a set of
 * namespaces with a TAP device eth0 whose other end this process holds, and then is the switch between them: it learns
 * who is where, floods what is for all, and hands every frame on when a real wire would have.
 *
 *   switch FOLDER HOSTS DELAY RATE
 *
 *   FOLDER   a host whose FOLDER/nodeK.down exists hears nothing and is not heard; SIGHUP has this looked up
 *   DELAY    nanoseconds from a frame's last bit leaving a host to its arrival at the other
 *   RATE     bits a second of every host's wire, in each direction; 0: no limit
 *
 * Prints a line for each host, its name and a process that lives on it, and "ready". Exit code 3: not on this machine.
 *
 * Hosts leave it to the device to cut large segments (TSO), so a frame here holds up to 64 KiB and takes as long as the
 * packets that a card would have made of it. A host's own wire makes it wait, as a card would; before the wire to
 * another host, where several senders meet, frames wait up to 20 ms and are lost after that.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HOSTS = 64, MTU = 9000, ADDRESS = 6, LARGEST = 14 + 4 + 65535, CANNOT_RUN_HERE = 3 };
/* Bytes of every packet that no host sees: preamble, checksum and gap. */
enum { AROUND_PACKET = 24 };
/* Of every packet of a large segment: Ethernet, IP, and TCP with its time stamp. */
enum { HEADERS = 14 + 20 + 32 };
/* How far a host's wire may be filled ahead, so that it does not idle while this process wakes up. */
static const int64_t AHEAD = 100 * 1000;
/* How late a timer is here. It is set so much earlier, and what is left is waited for busily. */
static const int64_t WAKING = 25 * 1000;
static const int64_t LONGEST_QUEUE = 20 * 1000 * 1000;
/* And whatever the wires allow: not more memory than this. */
enum { MOST_FRAMES = 8192 };

struct frame {
    struct frame *next;
    int64_t due;
    int size;
    struct {
        struct virtio_net_hdr offload;
        unsigned char bytes[LARGEST];
    } data;
};

struct host {
    int tap;
    int down;
    unsigned char address[ADDRESS];
    int64_t out_free, in_free; /* when its wire will have carried all that is on it, in either direction */
    struct frame *first, **last;
    int frames;
};

static struct host hosts[HOSTS];
static int count;
static const char *folder;
static int64_t delay, rate;
static struct frame *unused;
static volatile sig_atomic_t links_changed = 1;

static void give_up(const char *what) {
    fprintf(stderr, "cannot %s: %s\n", what, strerror(errno));
    exit(CANNOT_RUN_HERE);
}

/* ---- hosts ---- */

static void write_to(const char *file, const char *text) {
    int fd = open(file, O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void) !write(fd, text, strlen(text));
        close(fd);
    }
}

static void up(int any, const char *device, struct ifreq *request) {
    strcpy(request->ifr_name, device);
    request->ifr_flags = IFF_UP | IFF_RUNNING;
    if (ioctl(any, SIOCSIFFLAGS, request) < 0) give_up("bring up a device");
}

static void set_ip(int any, int what, const char *number, struct ifreq *request) {
    struct sockaddr_in *ip = (struct sockaddr_in *) &request->ifr_addr;
    memset(ip, 0, sizeof *ip);
    ip->sin_family = AF_INET;
    inet_aton(number, &ip->sin_addr);
    if (ioctl(any, what, request) < 0) give_up("give a device its address");
}

/* In the namespaces that this process has just entered. */
static int make_eth0(int k) {
    int tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (tap < 0) give_up("open /dev/net/tun");
    struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR};
    strcpy(request.ifr_name, "eth0");
    if (ioctl(tap, TUNSETIFF, &request) < 0) give_up("make a TAP device");
    if (ioctl(tap, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4) < 0) give_up("have a TAP device take large segments");

    /* Hosts talk IPv4; without this they would also call for IPv6 routers, now and then. */
    write_to("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq lo = {0};
    up(any, "lo", &lo);
    request.ifr_mtu = MTU;
    if (ioctl(any, SIOCSIFMTU, &request) < 0) give_up("set a device's MTU");
    request.ifr_hwaddr = (struct sockaddr) {.sa_family = ARPHRD_ETHER, .sa_data = {2, 0, 10, 0, 0, k}};
    if (ioctl(any, SIOCSIFHWADDR, &request) < 0) give_up("set a device's hardware address");
    char number[32];
    snprintf(number, sizeof number, "10.0.0.%d", k);
    set_ip(any, SIOCSIFADDR, number, &request);
    set_ip(any, SIOCSIFNETMASK, "255.255.255.0", &request);
    up(any, "eth0", &request);
    close(any);
    return tap;
}

/* Leaves a process behind that keeps the host's namespaces. */
static void make_host(int k) {
    char name[32], title[4096];
    snprintf(name, sizeof name, "node%d", k);
    snprintf(title, sizeof title, "%s/%s", folder, name);
    if (unshare(CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC) < 0) give_up("make namespaces");
    if (sethostname(name, strlen(name)) < 0) give_up("set a host's name");
    struct host *host = &hosts[k - 1];
    host->tap = make_eth0(k);
    host->last = &host->first;
    pid_t keeper = fork();
    if (keeper < 0) give_up("start a process");
    if (keeper == 0) {
        execlp("sleep", title, "infinity", NULL);
        give_up("run sleep");
    }
    printf("%s %d\n", name, keeper);
}

/* ---- the switch ---- */

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static struct frame *take(void) {
    struct frame *frame = unused;
    if (frame) unused = frame->next;
    else if (!(frame = malloc(sizeof *frame))) give_up("get memory");
    return frame;
}

static void drop(struct frame *frame) {
    frame->next = unused;
    unused = frame;
}

static int64_t time_on_wire(const struct frame *frame) {
    const struct virtio_net_hdr *offload = &frame->data.offload;
    int bytes = frame->size - (int) sizeof *offload, packets = 1;
    if (offload->gso_type != VIRTIO_NET_HDR_GSO_NONE && offload->gso_size > 0) {
        packets = (bytes - HEADERS + offload->gso_size - 1) / offload->gso_size;
    }
    int64_t all = bytes + packets * AROUND_PACKET + (packets - 1) * HEADERS;
    return rate ? all * 8 * 1000000000 / rate : 0;
}

/* Onto the wire to a host, as soon as the first bit is here and the wire is free. */
static void send_to(struct host *host, struct frame *frame, int64_t sent, int64_t takes) {
    int64_t queued = host->in_free > sent ? host->in_free + takes : sent;
    if (queued - sent > LONGEST_QUEUE || host->frames >= MOST_FRAMES) {
        drop(frame);
        return;
    }
    host->in_free = queued;
    frame->due = queued + delay;
    frame->next = NULL;
    *host->last = frame;
    host->last = &frame->next;
    host->frames++;
}

/* One frame from a host. */
static void receive(struct host *from, int64_t now) {
    struct frame *frame = take();
    frame->size = read(from->tap, &frame->data, sizeof frame->data);
    if (frame->size <= (int) sizeof frame->data.offload || from->down) {
        drop(frame);
        return;
    }
    const unsigned char *to = frame->data.bytes, *by = to + ADDRESS;
    memcpy(from->address, by, ADDRESS);
    int64_t takes = time_on_wire(frame);
    from->out_free = (from->out_free > now ? from->out_free : now) + takes;
    for (int k = 0; k < count && !(to[0] & 1); k++) {
        if (memcmp(hosts[k].address, to, ADDRESS) == 0) {
            send_to(&hosts[k], frame, from->out_free, takes);
            return;
        }
    }
    for (int k = 0; k < count; k++) {
        if (&hosts[k] == from) continue;
        struct frame *copy = take();
        copy->size = frame->size;
        memcpy(&copy->data, &frame->data, frame->size);
        send_to(&hosts[k], copy, from->out_free, takes);
    }
    drop(frame);
}

static void deliver_due(struct host *to, int64_t now) {
    while (to->first && to->first->due <= now) {
        struct frame *frame = to->first;
        to->first = frame->next;
        if (!to->first) to->last = &to->first;
        to->frames--;
        /* What a host does not take, it loses. */
        if (!to->down) (void) !write(to->tap, &frame->data, frame->size);
        drop(frame);
    }
}

static void look_up_links(void) {
    for (int k = 1; k <= count; k++) {
        char mark[4096];
        snprintf(mark, sizeof mark, "%s/node%d.down", folder, k);
        hosts[k - 1].down = access(mark, F_OK) == 0;
    }
}

static void hang_up(int signal) {
    (void) signal;
    links_changed = 1;
}

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static void run(const sigset_t *while_waiting) {
    struct pollfd polled[HOSTS];
    for (;;) {
        if (links_changed) {
            links_changed = 0;
            look_up_links();
        }
        int64_t now = now_ns(), next = INT64_MAX;
        for (int k = 0; k < count; k++) {
            struct host *host = &hosts[k];
            deliver_due(host, now);
            if (host->first) next = earlier(next, host->first->due);
            int ahead = host->out_free - now > AHEAD;
            if (ahead) next = earlier(next, host->out_free - AHEAD);
            polled[k] = (struct pollfd) {.fd = host->tap, .events = ahead ? 0 : POLLIN};
        }
        int64_t wait = next == INT64_MAX ? 0 : next - now_ns() - WAKING;
        if (wait < 0) wait = 0;
        struct timespec until = {wait / 1000000000, wait % 1000000000};
        if (ppoll(polled, count, next == INT64_MAX ? NULL : &until, while_waiting) <= 0) continue;
        now = now_ns();
        for (int k = 0; k < count; k++) {
            if (polled[k].revents & POLLIN) receive(&hosts[k], now);
        }
    }
}

int main(int words, char **word) {
    if (words != 5 || (count = atoi(word[2])) < 1 || count > HOSTS) {
        fprintf(stderr, "usage: switch FOLDER HOSTS DELAY RATE\n");
        return 2;
    }
    folder = word[1];
    delay = atoll(word[3]);
    rate = atoll(word[4]);
    for (int k = 1; k <= count; k++) make_host(k);
    /* The switch itself is on none of the hosts. */
    if (unshare(CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC) < 0) give_up("make namespaces");

    /* Ranks that wait for messages keep the cores busy: before them this gets one, and at the very moment. */
    struct sched_param first = {.sched_priority = 10};
    const char *priority = getenv("TESTBED_PRIORITY");
    if (!priority || strcmp(priority, "normal") != 0) sched_setscheduler(0, SCHED_FIFO, &first);
    prctl(PR_SET_TIMERSLACK, 1);

    sigset_t waiting, meanwhile;
    sigemptyset(&meanwhile);
    sigaddset(&meanwhile, SIGHUP);
    sigprocmask(SIG_BLOCK, &meanwhile, &waiting);
    signal(SIGHUP, hang_up);
    signal(SIGCHLD, SIG_IGN);
    puts("ready");
    fflush(stdout);
    run(&waiting);
}

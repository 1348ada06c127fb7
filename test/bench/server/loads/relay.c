/* The floor of floors: a relay in C with epoll. The same protocol as the relay over node:net: one byte of length and an
 * input up; two bytes of length (little-endian) and the inputs of the tick down. Prints its port, ends with its input. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { MOST_CLIENTS = 1 << 16, MOST_FRAME = 1 << 14, EVENTS = 1024 };

struct room { int clients[64]; int count; int length; unsigned char frame[MOST_FRAME]; };

static struct room *rooms[MOST_CLIENTS];
static int room_of[MOST_CLIENTS];
static int newest = -1, per_room;

static void enter(int fd) {
  if (newest < 0 || rooms[newest]->count == per_room) rooms[++newest] = calloc(1, sizeof(struct room));
  struct room *room = rooms[newest];
  room->clients[room->count++] = fd;
  room_of[fd] = newest;
}

static void take(int fd) {
  unsigned char bytes[4096];
  ssize_t got = read(fd, bytes, sizeof bytes);
  if (got <= 0) { if (got == 0 || errno != EAGAIN) close(fd); return; }
  struct room *room = rooms[room_of[fd]];
  for (ssize_t at = 0; at < got && at + 1 + bytes[at] <= got; at += bytes[at] + 1) {
    if (room->length + bytes[at] > MOST_FRAME - 2) break;
    memcpy(room->frame + 2 + room->length, bytes + at + 1, bytes[at]);
    room->length += bytes[at];
  }
}

static void tick(void) {
  for (int i = 0; i <= newest; i++) {
    struct room *room = rooms[i];
    room->frame[0] = room->length & 255;
    room->frame[1] = room->length >> 8;
    for (int c = 0; c < room->count; c++) (void)!send(room->clients[c], room->frame, room->length + 2, MSG_NOSIGNAL | MSG_DONTWAIT);
    room->length = 0;
  }
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  per_room = atoi(argv[1]);
  long period = 1000000000L / atoi(argv[2]);
  int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(door, (struct sockaddr *)&address, size) || listen(door, 4096)) return 1;
  getsockname(door, (struct sockaddr *)&address, &size);
  int clock = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK), loop = epoll_create1(0);
  struct itimerspec spec = {{0, period}, {0, period}};
  timerfd_settime(clock, 0, &spec, NULL);
  int own[] = {door, clock, STDIN_FILENO};
  for (int i = 0; i < 3; i++) epoll_ctl(loop, EPOLL_CTL_ADD, own[i], &(struct epoll_event){.events = EPOLLIN, .data.fd = own[i]});
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  struct epoll_event events[EVENTS];
  for (;;) {
    int count = epoll_wait(loop, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      unsigned long long late;
      if (fd == STDIN_FILENO) return 0;
      if (fd == clock) {
        if (read(clock, &late, sizeof late) > 0) while (late--) tick();
      } else if (fd == door) {
        int client = accept4(door, NULL, NULL, SOCK_NONBLOCK);
        if (client < 0 || client >= MOST_CLIENTS) continue;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        enter(client);
        epoll_ctl(loop, EPOLL_CTL_ADD, client, &(struct epoll_event){.events = EPOLLIN, .data.fd = client});
      } else take(fd);
    }
  }
}

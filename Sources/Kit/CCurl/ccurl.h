// The part of libcurl's binary interface that is used, declared anew: the library is opened at run time, so that
// neither its headers nor its -dev package are needed. The numbers are those of curl/curl.h and curl/multi.h, which
// have not changed since an option was first given one (https://curl.se/libcurl/abi.html).
#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>
#include <stdint.h>

// CURLoption: long values begin at 0, pointers at 10000, functions at 20000, curl_off_t at 30000.
enum {
    CCURLOPT_POST = 47,
    CCURLOPT_NOBODY = 44,
    CCURLOPT_HTTPPROXYTUNNEL = 61,
    CCURLOPT_HTTPGET = 80,
    CCURLOPT_SSLVERSION = 32,
    CCURLOPT_SSL_VERIFYPEER = 64,
    CCURLOPT_SSL_VERIFYHOST = 81,
    CCURLOPT_HTTP_VERSION = 84,
    CCURLOPT_NOSIGNAL = 99,
    CCURLOPT_TCP_NODELAY = 121,
    CCURLOPT_CONNECT_ONLY = 141,
    CCURLOPT_TIMEOUT_MS = 155,
    CCURLOPT_CONNECTTIMEOUT_MS = 156,
    CCURLOPT_PROTOCOLS = 181,
    CCURLOPT_TCP_KEEPALIVE = 213,
    CCURLOPT_WRITEDATA = 10001,
    CCURLOPT_URL = 10002,
    CCURLOPT_ERRORBUFFER = 10010,
    CCURLOPT_USERAGENT = 10018,
    CCURLOPT_HTTPHEADER = 10023,
    CCURLOPT_HEADERDATA = 10029,
    CCURLOPT_CUSTOMREQUEST = 10036,
    CCURLOPT_CAINFO = 10065,
    CCURLOPT_COPYPOSTFIELDS = 10165,
    CCURLOPT_WRITEFUNCTION = 20011,
    CCURLOPT_HEADERFUNCTION = 20079,
    CCURLOPT_POSTFIELDSIZE_LARGE = 30120,
};

// CURLINFO.
enum {
    CCURLINFO_RESPONSE_CODE = 0x200000 + 2,
    CCURLINFO_NUM_CONNECTS = 0x200000 + 26,
    CCURLINFO_ACTIVESOCKET = 0x500000 + 44,
};

// CURLcode, as far as one is told from another.
enum {
    CCURLE_OK = 0,
    CCURLE_UNSUPPORTED_PROTOCOL = 1,
    CCURLE_URL_MALFORMAT = 3,
    CCURLE_COULDNT_RESOLVE_PROXY = 5,
    CCURLE_COULDNT_RESOLVE_HOST = 6,
    CCURLE_COULDNT_CONNECT = 7,
    CCURLE_WRITE_ERROR = 23,
    CCURLE_OUT_OF_MEMORY = 27,
    CCURLE_OPERATION_TIMEDOUT = 28,
    CCURLE_SSL_CONNECT_ERROR = 35,
    CCURLE_UNKNOWN_OPTION = 48,
    CCURLE_OBSOLETE51 = 51,
    CCURLE_PEER_FAILED_VERIFICATION = 60,
    CCURLE_SSL_CACERT_BADFILE = 77,
    CCURLE_AGAIN = 81,
    CCURLE_SSL_ISSUER_ERROR = 83,
};

// CURLPROTO_HTTP and CURLPROTO_HTTPS, CURL_SSLVERSION_TLSv1_2, CURL_HTTP_VERSION_1_1, CURL_GLOBAL_DEFAULT,
// CURL_VERSION_SSL and CURL_VERSION_ASYNCHDNS, CURL_ERROR_SIZE, CURLMSG_DONE.
enum {
    CCURL_PROTOCOL_HTTP = 1,
    CCURL_PROTOCOL_HTTPS = 2,
    CCURL_TLS_1_2 = 6,
    CCURL_HTTP_1_1 = 2,
    CCURL_GLOBAL_DEFAULT = 3,
    CCURL_HAS_TLS = 1 << 2,
    CCURL_ERROR_SIZE = 256,
    CCURL_MESSAGE_DONE = 1,
};

// CURLMsg.
typedef struct {
    int message;
    void *easy;
    union {
        void *whatever;
        int result;
    } data;
} ccurl_message;

// The beginning of curl_version_info_data, which every version of it has.
typedef struct {
    int age;
    const char *version;
    unsigned int number;
    const char *host;
    int features;
} ccurl_version;

// curl_write_callback, also that of the headers.
typedef size_t (*ccurl_sink)(char *bytes, size_t size, size_t count, void *receiver);

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call. The first argument is the
// function's address.

static inline int ccurl_set_long(uintptr_t setopt, void *easy, int option, long value) {
    return ((int (*)(void *, int, ...))setopt)(easy, option, value);
}

static inline int ccurl_set_offset(uintptr_t setopt, void *easy, int option, int64_t value) {
    return ((int (*)(void *, int, ...))setopt)(easy, option, value);
}

static inline int ccurl_set_pointer(uintptr_t setopt, void *easy, int option, const void *value) {
    return ((int (*)(void *, int, ...))setopt)(easy, option, value);
}

static inline int ccurl_set_sink(uintptr_t setopt, void *easy, int option, ccurl_sink value) {
    return ((int (*)(void *, int, ...))setopt)(easy, option, value);
}

static inline int ccurl_get_long(uintptr_t getinfo, void *easy, int info, long *value) {
    return ((int (*)(void *, int, ...))getinfo)(easy, info, value);
}

// CURLINFO_SOCKET: a curl_socket_t, an int but on Windows.
static inline int ccurl_get_socket(uintptr_t getinfo, void *easy, int *value) {
    return ((int (*)(void *, int, ...))getinfo)(easy, CCURLINFO_ACTIVESOCKET, value);
}

#endif

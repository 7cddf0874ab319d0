// Writes what Go programs log of requests to the port that is named: whole messages behind rules (`dump`), the same
// behind what a logger writes before each line (`lines`), or what httpretty shows (`pretty`).
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"os"
	"strings"

	"github.com/henvic/httpretty"
)

func requests(host string) []*http.Request {
	var requests []*http.Request
	add := func(method, target, kind string, body io.Reader) {
		request, err := http.NewRequest(method, host+target, body)
		if err != nil {
			log.Fatal(err)
		}
		if kind != "" {
			request.Header.Set("Content-Type", kind)
		}
		request.Header.Set("X-Quoted", `a"b'c\d: e`)
		requests = append(requests, request)
	}
	add("POST", "/a?x='1'", "application/x-www-form-urlencoded", strings.NewReader(`a=1&b='"\`))
	add("PUT", "/b", "application/json", strings.NewReader(`{"é":"\n","f":[1,2]}`))
	add("POST", "/c", "text/plain", strings.NewReader("GET / HTTP/1.1\nHost: a\n\n--------\n> b\n"))
	add("GET", "/d", "", nil)
	add("DELETE", "/e", "", nil)
	return requests
}

func main() {
	style, host := os.Args[1], "http://127.0.0.1:"+os.Args[2]
	client := &http.Client{}
	if style == "pretty" {
		logger := &httpretty.Logger{
			Time: true, RequestHeader: true, RequestBody: true, ResponseHeader: true, ResponseBody: true,
			Formatters: []httpretty.Formatter{&httpretty.JSONFormatter{}},
		}
		logger.SetOutput(os.Stdout)
		client.Transport = logger.RoundTripper(http.DefaultTransport)
	}
	var out bytes.Buffer
	log.SetOutput(&out)
	const rule = "-----------------------------------------------------"
	for _, request := range requests(host) {
		sent, _ := httputil.DumpRequestOut(request, true)
		response, err := client.Do(request)
		if err != nil {
			log.Fatal(err)
		}
		received, _ := httputil.DumpResponse(response, true)
		log.Printf("[DEBUG] Request Details:\n---[ REQUEST ]---------------------------------------\n%s\n%s", sent, rule)
		log.Printf("[DEBUG] Response Details:\n---[ RESPONSE ]--------------------------------------\n%s\n%s", received, rule)
	}
	switch style {
	case "dump":
		fmt.Print(out.String())
	case "lines":
		for number, line := range strings.Split(out.String(), "\n") {
			line = strings.TrimRight(line, "\r")
			fmt.Printf("2019-01-26T18:26:05.%03dZ [DEBUG] plugin.provider-a: %s\n", number, line)
		}
	}
}

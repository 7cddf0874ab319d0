// Writes what Kubernetes' client-go logs of requests to the port that is named, at a level: 8 has the fields on lines,
// 10 has a curl command.
package main

import (
	"context"
	"flag"
	"log"
	"os"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/rest"
	"k8s.io/klog/v2"
)

func main() {
	klog.InitFlags(nil)
	flag.Set("v", os.Args[1])
	config := &rest.Config{Host: "http://127.0.0.1:" + os.Args[2]}
	config.GroupVersion = &schema.GroupVersion{Version: "v1"}
	config.NegotiatedSerializer = serializer.NewCodecFactory(runtime.NewScheme()).WithoutConversion()
	client, err := rest.RESTClientFor(config)
	if err != nil {
		log.Fatal(err)
	}
	send := func(method, path, kind string, body []byte) {
		request := client.Verb(method).AbsPath(path).Param("x", "'1'").SetHeader("X-Quoted", `a"b'c\d: e -H "f" $g`)
		if body != nil {
			request = request.SetHeader("Content-Type", kind).Body(body)
		}
		if err := request.Do(context.Background()).Error(); err != nil {
			klog.Info(err)
		}
	}
	// Level 8 shows the first 1024 characters.
	all := make([]byte, 200)
	for at := range all {
		all[at] = byte(at * 11)
	}
	send("POST", "/a", "application/x-www-form-urlencoded", []byte(`a=1&b='"\`))
	send("PUT", "/b", "application/json", []byte("{\"é\":\"\\n\u200b\U000e0001\",\"f\":[1,2]}"))
	send("PATCH", "/c", "application/apply-patch+yaml", []byte("a: \">\"\n >\n > b\n\nI1130 01:46:15.903932 1 main.go:x] d"))
	send("POST", "/d", "application/octet-stream", all)
	send("GET", "/e", "", nil)
	send("DELETE", "/f", "", nil)
	klog.Flush()
}

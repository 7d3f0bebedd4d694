// Command descriptors writes the protobuf descriptors of what meshlog emits, and of what a logger sends to a collector,
// as one google.protobuf.FileDescriptorSet (binary), to the file that is named:
//
//	go run . ../../conformance/protobuf/envoy.binpb
//
// It takes the messages of `roots`, which the Go modules of Envoy and OpenTelemetry register, and all that their fields
// reach; what is not reached is left out, and so are options that only Envoy's own tools read.
package main

import (
	"fmt"
	"os"

	_ "github.com/envoyproxy/go-control-plane/envoy/config/bootstrap/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/file/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/filters/cel/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/open_telemetry/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/lua/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/router/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/tls_inspector/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	_ "go.opentelemetry.io/proto/otlp/collector/logs/v1"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

// The messages that a configuration of ours starts with, those that stand in its Anys, and those that a logger sends to
// a collector.
var roots = []protoreflect.FullName{
	"envoy.config.bootstrap.v3.Bootstrap",
	"envoy.extensions.access_loggers.file.v3.FileAccessLog",
	"envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
	"envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
	"envoy.extensions.filters.http.lua.v3.Lua",
	"envoy.extensions.filters.http.router.v3.Router",
	"envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector",
	"envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
	"envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
	"envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
	"opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest",
	"opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse",
}

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: descriptors FILE"))
	}
	reached := map[protoreflect.FullName]bool{}
	set := &descriptorpb.FileDescriptorSet{}
	written := map[string]bool{}
	for _, root := range roots {
		found, err := protoregistry.GlobalFiles.FindDescriptorByName(root)
		if err != nil {
			fail(err)
		}
		reach(found, reached)
	}
	for _, root := range roots {
		found, _ := protoregistry.GlobalFiles.FindDescriptorByName(root)
		write(found.ParentFile(), reached, written, set)
	}
	bytes, err := proto.MarshalOptions{Deterministic: true}.Marshal(set)
	if err != nil {
		fail(err)
	}
	if err := os.WriteFile(os.Args[1], bytes, 0o644); err != nil {
		fail(err)
	}
	fmt.Printf("%d files, %d bytes\n", len(set.File), len(bytes))
}

// reach marks the outermost declaration that holds a message or enum, and all that its fields need.
func reach(found protoreflect.Descriptor, reached map[protoreflect.FullName]bool) {
	for {
		if _, isFile := found.Parent().(protoreflect.FileDescriptor); isFile {
			break
		}
		found = found.Parent()
	}
	if reached[found.FullName()] {
		return
	}
	reached[found.FullName()] = true
	if message, isMessage := found.(protoreflect.MessageDescriptor); isMessage {
		reachFields(message, reached)
	}
}

func reachFields(message protoreflect.MessageDescriptor, reached map[protoreflect.FullName]bool) {
	for i := range message.Fields().Len() {
		field := message.Fields().Get(i)
		if field.Message() != nil {
			reach(field.Message(), reached)
		}
		if field.Enum() != nil {
			reach(field.Enum(), reached)
		}
	}
	for i := range message.Messages().Len() {
		reachFields(message.Messages().Get(i), reached)
	}
}

// write appends a file, after those that it imports, with nothing but what is reached.
func write(
	file protoreflect.FileDescriptor,
	reached map[protoreflect.FullName]bool,
	written map[string]bool,
	set *descriptorpb.FileDescriptorSet,
) {
	if written[file.Path()] {
		return
	}
	written[file.Path()] = true

	pruned := protodesc.ToFileDescriptorProto(file)
	name := func(local *string) protoreflect.FullName { return file.Package().Append(protoreflect.Name(*local)) }
	pruned.MessageType = keep(pruned.MessageType, func(m *descriptorpb.DescriptorProto) bool { return reached[name(m.Name)] })
	pruned.EnumType = keep(pruned.EnumType, func(e *descriptorpb.EnumDescriptorProto) bool { return reached[name(e.Name)] })
	pruned.Service = nil
	pruned.Extension = nil
	pruned.Dependency = nil
	pruned.PublicDependency = nil
	pruned.WeakDependency = nil
	pruned.OptionDependency = nil
	dropExtensions(pruned.ProtoReflect())

	needed := map[string]bool{}
	imports := func(message protoreflect.MessageDescriptor) { importsOf(message, file.Path(), needed) }
	for i := range file.Messages().Len() {
		if message := file.Messages().Get(i); reached[message.FullName()] {
			imports(message)
		}
	}
	for i := range file.Imports().Len() {
		imported := file.Imports().Get(i).FileDescriptor
		if needed[imported.Path()] {
			pruned.Dependency = append(pruned.Dependency, imported.Path())
			write(imported, reached, written, set)
		}
	}
	set.File = append(set.File, pruned)
}

func importsOf(message protoreflect.MessageDescriptor, self string, needed map[string]bool) {
	for i := range message.Fields().Len() {
		field := message.Fields().Get(i)
		if field.Message() != nil && field.Message().ParentFile().Path() != self {
			needed[field.Message().ParentFile().Path()] = true
		}
		if field.Enum() != nil && field.Enum().ParentFile().Path() != self {
			needed[field.Enum().ParentFile().Path()] = true
		}
	}
	for i := range message.Messages().Len() {
		importsOf(message.Messages().Get(i), self, needed)
	}
}

// dropExtensions removes custom options (validation rules, annotations) everywhere below a descriptor.
func dropExtensions(message protoreflect.Message) {
	message.SetUnknown(nil)
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.IsExtension():
			message.Clear(field)
		case field.IsList() && field.Message() != nil:
			for i := range value.List().Len() {
				dropExtensions(value.List().Get(i).Message())
			}
		case field.Message() != nil && !field.IsMap():
			dropExtensions(value.Message())
		}
		return true
	})
}

func keep[T any](all []T, wanted func(T) bool) []T {
	var kept []T
	for _, one := range all {
		if wanted(one) {
			kept = append(kept, one)
		}
	}
	return kept
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

module example.org/talos

go 1.25.0

require (
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos v0.0.0
	github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2 v2.69.10
)

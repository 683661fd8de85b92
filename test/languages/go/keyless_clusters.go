package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos/talos"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos/talos/cri"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

// keylessClusters have their keys in no manifest.
func keylessClusters() string {
	app := cdk8s.NewApp(nil)

	cdk8stalos.NewTalosCluster(cdk8s.NewChart(app, jsii.String("stark"), nil), jsii.String("cluster"), &cdk8stalos.TalosClusterProps{
		ClusterName:    jsii.String("stark"),
		TalosVersion:   cdk8stalos.TalosVersion_Of(jsii.String("v1.13.9"), nil),
		SecretDelivery: cdk8stalos.SecretDelivery_GenerateOnce(nil),
		WorkerPools:    &[]*cdk8stalos.WorkerPoolOptions{{Name: jsii.String("general"), Replicas: jsii.Number(2)}},
	})

	cdk8stalos.NewTalosCluster(cdk8s.NewChart(app, jsii.String("hydra"), nil), jsii.String("cluster"), &cdk8stalos.TalosClusterProps{
		ClusterName:  jsii.String("hydra"),
		TalosVersion: cdk8stalos.TalosVersion_Of(jsii.String("v1.13.9"), nil),
		SecretDelivery: cdk8stalos.SecretDelivery_ExternalSecret(&cdk8stalos.ExternalSecretOptions{
			Store:     jsii.String("vault"),
			StoreKind: cdk8stalos.SecretStoreKind_SECRET_STORE,
			Key:       jsii.String("talos/hydra"),
			Property:  jsii.String("bundle"),
		}),
		Patches: &[]cdk8stalos.MachineConfigPatch{cdk8stalos.MachineConfigPatch_Of(&talos.Documents{
			RegistryAuthConfig: &[]*cri.RegistryAuthConfig{{
				Name:     jsii.String("registry.example.com"),
				Username: jsii.String("talos"),
				Password: cdk8stalos.SecretText_FromSecret(jsii.String("registry"), jsii.String("password")).Placeholder(),
			}},
		})},
	})

	return *app.SynthYaml()
}

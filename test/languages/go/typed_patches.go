package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos/talos"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos/talos/block"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos/talos/cri"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos/talos/k8s"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos/talos/network"
)

// openIDConnect lets users of the Kubernetes API sign in by OpenID Connect.
func openIDConnect() cdk8stalos.MachineConfigPatch {
	return cdk8stalos.MachineConfigPatch_Of(&talos.Documents{
		KubeAuthenticationConfig: &k8s.KubeAuthenticationConfig{
			Configuration: &map[string]any{
				"apiVersion": "apiserver.config.k8s.io/v1",
				"kind":       "AuthenticationConfiguration",
				"jwt": []any{map[string]any{
					"issuer": map[string]any{"url": "https://id.example.org/realms/acme", "audiences": []string{"kubernetes"}},
					"claimMappings": map[string]any{
						"username": map[string]any{"claim": "email", "prefix": ""},
						"groups":   map[string]any{"claim": "groups", "prefix": "oidc:"},
					},
				}},
			},
		},
	})
}

// registryMirror takes images of docker.io from a mirror alone.
func registryMirror() cdk8stalos.MachineConfigPatch {
	return cdk8stalos.MachineConfigPatch_Of(&talos.Documents{
		RegistryMirrorConfig: &[]*cri.RegistryMirrorConfig{{
			Name:         jsii.String("docker.io"),
			Endpoints:    &[]*cri.RegistryEndpoint{{Url: jsii.String("https://mirror.example.org/v2/docker.io"), OverridePath: jsii.Bool(true)}},
			SkipFallback: jsii.Bool(true),
		}},
	})
}

func kubelet() cdk8stalos.MachineConfigPatch {
	return cdk8stalos.MachineConfigPatch_Of(&talos.Documents{
		KubeletConfig: &k8s.KubeletConfig{
			ClusterDNS: jsii.Strings("10.96.0.10"),
			ExtraArgs: &map[string]any{
				"max-pods":      "200",
				"feature-gates": []string{"GracefulNodeShutdown=true", "SidecarContainers=true"},
			},
			Config: &map[string]any{"shutdownGracePeriod": "60s", "systemReserved": map[string]any{"memory": "512Mi"}},
		},
		KubeNodeConfig: &k8s.KubeNodeConfig{Labels: &map[string]*string{"topology.kubernetes.io/zone": jsii.String("a")}},
	})
}

// userVolumes are on the disks of a machine outside of the hosting cluster.
func userVolumes() cdk8stalos.MachineConfigPatch {
	return cdk8stalos.MachineConfigPatch_Of(&talos.Documents{
		UserVolumeConfig: &[]*block.UserVolumeConfig{
			{
				Name: jsii.String("data"),
				Provisioning: &block.ProvisioningSpec{
					DiskSelector: &block.DiskSelector{Match: jsii.String(`disk.transport == "nvme"`)},
					MinSize:      jsii.String("100GiB"),
					Grow:         jsii.Bool(true),
				},
				Filesystem: &block.FilesystemSpec{Type: jsii.String("xfs")},
			},
			{Name: jsii.String("scratch"), VolumeType: jsii.String("directory")},
		},
	})
}

func networkOfTheMachine() cdk8stalos.MachineConfigPatch {
	return cdk8stalos.MachineConfigPatch_Of(&talos.Documents{
		HostnameConfig: &network.HostnameConfig{Hostname: jsii.String("edge-1"), Auto: jsii.String("off")},
		LinkConfig: &[]*network.LinkConfig{{
			Name:      jsii.String("eth0"),
			Mtu:       jsii.Number(9000),
			Addresses: &[]*network.AddressConfig{{Address: jsii.String("10.0.0.5/24")}},
			Routes:    &[]*network.RouteConfig{{Gateway: jsii.String("10.0.0.1")}},
		}},
		ResolverConfig: &network.ResolverConfig{
			Nameservers:   &[]*network.NameserverConfig{{Address: jsii.String("10.0.0.1")}},
			SearchDomains: &network.SearchDomainsConfig{Domains: jsii.Strings("example.org")},
		},
	})
}

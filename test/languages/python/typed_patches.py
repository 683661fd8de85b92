from cdk8s_talos import MachineConfigPatch
from cdk8s_talos.talos import block, cri, k8s, network

# users of the Kubernetes API sign in by OpenID Connect
open_id_connect = MachineConfigPatch.of(
    kube_authentication_config=k8s.KubeAuthenticationConfig(
        configuration={
            "apiVersion": "apiserver.config.k8s.io/v1",
            "kind": "AuthenticationConfiguration",
            "jwt": [{
                "issuer": {"url": "https://id.example.org/realms/acme", "audiences": ["kubernetes"]},
                "claimMappings": {"username": {"claim": "email", "prefix": ""}, "groups": {"claim": "groups", "prefix": "oidc:"}},
            }],
        },
    ),
)

# images of docker.io come from a mirror alone
registry_mirror = MachineConfigPatch.of(
    registry_mirror_config=[
        cri.RegistryMirrorConfig(
            name="docker.io",
            endpoints=[cri.RegistryEndpoint(url="https://mirror.example.org/v2/docker.io", override_path=True)],
            skip_fallback=True,
        ),
    ],
)

kubelet = MachineConfigPatch.of(
    kubelet_config=k8s.KubeletConfig(
        cluster_dns=["10.96.0.10"],
        extra_args={"max-pods": "200", "feature-gates": ["GracefulNodeShutdown=true", "SidecarContainers=true"]},
        config={"shutdownGracePeriod": "60s", "systemReserved": {"memory": "512Mi"}},
    ),
    kube_node_config=k8s.KubeNodeConfig(labels={"topology.kubernetes.io/zone": "a"}),
)

# volumes on the disks of a machine outside of the hosting cluster
user_volumes = MachineConfigPatch.of(
    user_volume_config=[
        block.UserVolumeConfig(
            name="data",
            provisioning=block.ProvisioningSpec(
                disk_selector=block.DiskSelector(match='disk.transport == "nvme"'),
                min_size="100GiB",
                grow=True,
            ),
            filesystem=block.FilesystemSpec(type="xfs"),
        ),
        block.UserVolumeConfig(name="scratch", volume_type="directory"),
    ],
)

network_of_the_machine = MachineConfigPatch.of(
    hostname_config=network.HostnameConfig(hostname="edge-1", auto="off"),
    link_config=[
        network.LinkConfig(
            name="eth0",
            mtu=9000,
            addresses=[network.AddressConfig(address="10.0.0.5/24")],
            routes=[network.RouteConfig(gateway="10.0.0.1")],
        ),
    ],
    resolver_config=network.ResolverConfig(
        nameservers=[network.NameserverConfig(address="10.0.0.1")],
        search_domains=network.SearchDomainsConfig(domains=["example.org"]),
    ),
)

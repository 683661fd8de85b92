/** The init container that gives a member of a control plane its stable address, and what it may do in the pod's own network. */
export const MEMBER_ADDRESS = { container: 'member-address', capabilities: ['NET_ADMIN'] };

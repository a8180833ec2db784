export const TeamInvite = ({ inviter, team, url }: Props) => {
  return (
    <Html>
      <Preview>Join {team}</Preview>
      <Text>{inviter} has invited you to {team}.</Text>
      <Button href={url}>Join</Button>
    </Html>
  );
};
